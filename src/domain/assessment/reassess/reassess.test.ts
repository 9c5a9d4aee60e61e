import { describe, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { type Answer, allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { answerChange, changedAnswers, isAskedFresh, lastTimeOf } from './last-time.ts'
import { mergeAnswers } from './merge-answers.ts'

const formOf = (id: string) => {
  const found = libraryQuestionnaires.find((each) => each.id === id)
  if (!found) throw new Error(`No form ${id}`)
  return formFromFhir(found)
}
const falls = formOf('falls-checklist')

const changeOf = (id: string, linkId: string, before: Answer[], now: Answer[]) => {
  const form = formOf(id)
  const question = allQuestions(form.items).find((each) => each.linkId === linkId)
  if (!question) throw new Error(`No question ${linkId}`)
  return answerChange(form, question, { before, now })
}
const option = (id: string, linkId: string, place: number): Answer =>
  allQuestions(formOf(id).items).find((each) => each.linkId === linkId)?.options[place]?.answer ??
  ''

test.each<[string, string, string, Answer[], Answer[], string | undefined]>([
  ['a fall more', 'falls-checklist', 'how-many', [1], [2], 'worse'],
  ['a fall fewer', 'falls-checklist', 'how-many', [2], [1], 'better'],
  ['the same number', 'falls-checklist', 'how-many', [2], [2], 'same'],
  ['dizzy now', 'falls-checklist', 'dizzy', [false], [true], 'worse'],
  ['cannot call for help now', 'falls-checklist', 'help-call', [true], [false], 'worse'],
  ['can get up again', 'falls-checklist', 'got-up', [false], [true], 'better'],
  ['other words', 'falls-checklist', 'story', ['In the hall'], ['On the stairs'], 'changed'],
  ['not asked last time', 'falls-checklist', 'dizzy', [], [true], 'new'],
  ['not asked yet', 'falls-checklist', 'dizzy', [true], [], undefined],
])(
  'An answer beside the one before says what changed: %s',
  (_name, id, linkId, before, now, is) => {
    expect(changeOf(id, linkId, before, now)).toBe(is)
  },
)

test('Points of a scale say which way an answer changed', () => {
  const [none, some] = [0, 1].map((place) => option('phq-9', '44250-9', place))
  if (none === undefined || some === undefined) throw new Error('PHQ-9 has options')
  expect(changeOf('phq-9', '44250-9', [none], [some])).toBe('worse')
  const [alone, helped] = [0, 1].map((place) => option('daily-living-checklist', 'wash', place))
  if (alone === undefined || helped === undefined) throw new Error('It has options')
  expect(changeOf('daily-living-checklist', 'wash', [helped], [alone])).toBe('better')
})

test('What changed is listed in reading order, without what is the same', () => {
  const before: FormAnswers = { fallen: [true], 'how-many': [1], dizzy: [true] }
  const now: FormAnswers = { dizzy: [true], 'how-many': [3], fallen: [true], feet: [true] }
  expect(
    changedAnswers(falls, before, now).map(({ question, change }) => [question.linkId, change]),
  ).toEqual([
    ['how-many', 'worse'],
    ['feet', 'new'],
  ])
})

test('Mood, pain and readings are always asked fresh; falls may be as last time', () => {
  expect(['phq-9', 'pain', '4at', 'news-2', 'ons-4'].map((id) => isAskedFresh(formOf(id)))).toEqual(
    Array(5).fill(true),
  )
  expect(isAskedFresh(falls)).toBe(false)
})

test('Last time is the newest completed assessment with the same questions', () => {
  const at = (id: string, state: AssessmentRecord['state'], day: string, url = falls.url) => ({
    ...{ id, versionId: '1', url, version: '1.0', state, at: day, answers: {} },
  })
  const record = [
    ...[at('a', 'completed', '2026-05-01'), at('b', 'completed', '2026-08-21')],
    ...[at('c', 'draft', '2026-11-20'), at('d', 'completed', '2026-11-01', 'urn:other')],
  ]
  expect(lastTimeOf(falls, record)?.id).toBe('b')
  expect(lastTimeOf(falls, record, { id: 'b', at: '2026-08-21' })?.id).toBe('a')
})

describe('Two people who answer one assessment at once', () => {
  const base = { fallen: [true], dizzy: [false] }
  test('lose nothing where they answered different questions', () => {
    const mine = { ...base, feet: [true] }
    const theirs = { ...base, dizzy: [true], sight: [false] }
    expect(mergeAnswers({ base, mine, theirs })).toEqual({
      answers: { fallen: [true], dizzy: [true], feet: [true], sight: [false] },
      twice: [],
    })
  })
  test('are both shown where they answered the same question differently', () => {
    const [mine, theirs] = [
      { fallen: [true], dizzy: [true] },
      { fallen: [false], dizzy: [true] },
    ]
    expect(mergeAnswers({ base: {}, mine, theirs }).twice).toEqual([
      { linkId: 'fallen', mine: [true], theirs: [false] },
    ])
  })
  test('and one who took an answer out did so', () => {
    const mine = { fallen: [true], dizzy: [] }
    expect(mergeAnswers({ base, mine, theirs: base }).answers['dizzy']).toEqual([])
  })
})
