import { expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import { packQuestionnaires } from '#domain/assessment/instruments/pack-questionnaires.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { adultOutcomes } from './adult-outcomes.ts'
import { answersElsewhere, askedIn } from './answers-elsewhere.ts'

const forms = [...libraryQuestionnaires, ...packQuestionnaires].map(formFromFhir)

const asked = (fields: Partial<AssessmentRecord>): AssessmentRecord => ({
  ...{ id: 'one', versionId: '1', url: libraryUrl('daily-living-checklist'), version: '1.0' },
  ...{ state: 'completed', at: '2026-02-10', by: 'Amina Yusuf', answers: {} },
  ...fields,
})

test('an answer of the nurse stands at each outcome that it says something about, with who and when', () => {
  const wash = [{ code: '1', display: 'With some help' }]
  const found = answersElsewhere({ assessments: [asked({ answers: { wash } })], forms })
  const answer = {
    ...{ question: 'Washing and dressing', given: wash, at: '2026-02-10', by: 'Amina Yusuf' },
    ...{ title: 'Daily living checklist', form: 'daily-living-checklist', response: 'one' },
  }
  expect(found.get('hygiene')).toEqual([answer])
  expect(found.get('clothing')).toEqual([answer])
  expect(found.get('toilet')).toEqual([])
})

test('of each question the newest finished answer counts, also if a later one left it out', () => {
  const fallen = (id: string, at: string, said?: boolean, state = asked({}).state) =>
    asked({
      ...{ id, at, state, url: libraryUrl('falls-checklist') },
      answers: said === undefined ? {} : { fallen: [said] },
    })
  const assessments = [
    fallen('old', '2026-01-01', false),
    fallen('newer', '2026-02-01', true),
    fallen('left-out', '2026-03-01'),
    fallen('draft', '2026-03-02', false, 'draft'),
    fallen('stopped', '2026-03-02', false, 'stopped'),
  ]
  expect(answersElsewhere({ assessments, forms }).get('safe-home')).toMatchObject([
    { given: [true], response: 'newer' },
  ])
})

test('an answer whose question is not known here is not shown without it', () => {
  const assessments = [asked({ version: '0.9', answers: { wash: ['Alone'] } })]
  expect(answersElsewhere({ assessments, forms }).get('hygiene')).toEqual([])
})

test('every question that is looked for is a question of the library', () => {
  const named = adultOutcomes.flatMap((each) => Object.entries(askedIn[each]))
  for (const [id, linkIds] of named) {
    const form = forms.find(({ url }) => url === libraryUrl(id))
    const known = form?.items.map(({ linkId }) => linkId) ?? []
    expect([id, linkIds.filter((linkId) => !known.includes(linkId))]).toEqual([id, []])
  }
})
