import type { AuditEvent, Bundle, Flag, Goal, Patient, Task } from '@medplum/fhirtypes'
import { QueryClient } from '@tanstack/react-query'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { timelineQueries } from '#client/queries/patient/timeline.ts'
import { signInAs } from '#client/session/session.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import type { Form, FormAnswers } from '#domain/assessment/form.ts'
import { phq9Answers, phq9Items } from '#domain/assessment/instruments.ts'
import { safetyFlagId } from '#domain/assessment/safety/safety-flag.ts'
import { machineNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler, testOrigin } from '#test-support/servers/handler.ts'
import {
  AlreadyCompleted,
  AnsweredByTwo,
  type AssessmentSession,
  assessmentQueries,
  completeAssessment,
  keepDraft,
  recordSafetyAction,
  stopAssessment,
} from './assessments.ts'
import { AlreadyDecided, acceptSuggestion, dismissSuggestion } from './suggestions.ts'

let opened: OpenHandler
const browserFetch = globalThis.fetch

beforeAll(async () => {
  opened = await openHandler({ now: machineNow })
  globalThis.fetch = (input, init) =>
    opened.handler(new Request(new URL(String(input), testOrigin), init))
  const grace: Patient & { id: string } = {
    resourceType: 'Patient',
    id: graceId,
    birthDate: '1934-01-04',
    name: [{ family: 'Okafor', given: ['Grace'] }],
    managingOrganization: { reference: 'Organization/brook-surgery' },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }
  const forms = demoQuestionnaires.map((each) => ({ ...each, id: each.id ?? '' }))
  await opened.seed([
    { resourceType: 'Organization', id: 'brook-surgery', active: true, name: 'Brook Surgery' },
    ...forms,
    grace,
  ])
  await signInAs('amina')
})

afterAll(async () => {
  globalThis.fetch = browserFetch
  await opened.close()
})

// a new client each time, because the cache is not tested here
const asked = () => new QueryClient().fetchQuery(assessmentQueries.ofPerson(graceId))

function formOf(id: string): Form {
  const found = demoQuestionnaires.find((each) => each.id === id)
  if (!found) throw new Error(`No questionnaire ${id}`)
  return formFromFhir(found)
}

function phq9With(points: readonly number[]): FormAnswers {
  const option = (point: number) => phq9Answers[point] ?? phq9Answers[0]
  return Object.fromEntries(
    phq9Items
      .slice(0, points.length)
      .map((linkId, index) => [
        linkId,
        [{ system: 'http://loinc.org', ...option(points[index] ?? 0) }],
      ]),
  )
}

const sitting = (id: string, form: Form, answers: FormAnswers): AssessmentSession => ({
  id,
  form,
  answers,
  person: graceId,
})

const complete = (one: AssessmentSession) => completeAssessment(one)

test('The seeded questionnaires are found', async () => {
  const forms = await new QueryClient().fetchQuery(assessmentQueries.forms())
  const found = forms.map((form) => form.id)
  expect(found).toEqual(expect.arrayContaining(['phq-9', 'prisma-7', 'what-matters', 'news-2']))
  const conversations = ['prepare', 'after']
  expect(found.filter((id) => conversations.some((each) => id.startsWith(each)))).toEqual([])
})

describe('Completing PHQ-9', () => {
  const one = sitting('phq-one', formOf('phq-9'), phq9With([2, 2, 2, 1, 1, 1, 1, 1, 1]))

  test('a draft is stored and raises the safety concern at once', async () => {
    await keepDraft(one)
    const record = await asked()
    expect(record.assessments[0]).toMatchObject({
      id: 'phq-one',
      state: 'draft',
      by: 'Amina Yusuf',
    })
    expect(record.safety).toMatchObject([{ response: 'phq-one', actions: [] }])
  })

  test('stores answers, score and suggestion together, and a second try adds nothing', async () => {
    await complete(one)
    await complete(one)
    const record = await asked()
    expect(record.assessments.map((each) => each.state)).toEqual(['completed'])
    expect(record.assessments[0]?.answers).toEqual(one.answers)
    expect(record.scores).toMatchObject([{ response: 'phq-one', value: 12, band: 'moderate' }])
    expect(record.suggestions).toMatchObject([{ code: 'low-mood', state: 'open', from: 'phq-one' }])
    expect(record.safety).toHaveLength(1)
  })

  test('other answers to a completed assessment are refused', async () => {
    await expect(
      complete({ ...one, answers: phq9With([0, 0, 0, 0, 0, 0, 0, 0, 0]) }),
    ).rejects.toThrow(AlreadyCompleted)
    expect((await asked()).scores).toMatchObject([{ value: 12 }])
  })

  test('what was done about a safety concern is kept on the flag, which stays active and professional-only', async () => {
    const action = {
      asked: 'yes',
      immediateDanger: 'no',
      told: 'Dr Patel at 10:15',
      done: 'No plan. Safety plan written.',
    } as const
    await recordSafetyAction(safetyFlagId('phq-one'), action, graceId)
    const flag: Flag = await fhir.read('Flag', safetyFlagId('phq-one'))
    expect(flag.status).toBe('active')
    expect(flag.meta?.security?.[0]?.code).toBe('professional-only')
    expect((await asked()).safety[0]?.actions).toMatchObject([{ ...action, by: 'Amina Yusuf' }])
  })

  test('a stopped assessment raises the concern too', async () => {
    const item9: FormAnswers = { '44260-8': [{ system: 'http://loinc.org', ...phq9Answers[1] }] }
    await stopAssessment(sitting('phq-two', formOf('phq-9'), item9))
    const record = await asked()
    expect(record.assessments.find((each) => each.id === 'phq-two')?.state).toBe('stopped')
    expect(record.safety.find((each) => each.response === 'phq-two')).toBeDefined()
  })
})

describe('Two people who fill in one assessment', () => {
  const form = formOf('falls-checklist')
  const amina = sitting('two', form, { fallen: [true], dizzy: [false] })

  test('lose nothing when each saves without having seen the other', async () => {
    await keepDraft(amina)
    const base = { fallen: [true], dizzy: [false] }
    await keepDraft({ ...amina, base, answers: { ...base, feet: [true] } })
    await keepDraft({ ...amina, base, answers: { ...base, sight: [true] } })
    const [draft] = (await asked()).assessments.filter(({ id }) => id === 'two')
    expect(draft?.answers).toEqual({ ...base, feet: [true], sight: [true] })
  })

  test('see both answers where they differ, and nothing is written until one is chosen', async () => {
    await signInAs('patel')
    const base = { fallen: [true], dizzy: [false] }
    const patel = { ...amina, base, answers: { ...base, feet: [false] } }
    await expect(keepDraft(patel)).rejects.toMatchObject({
      ...{ name: 'AnsweredByTwo', by: 'Amina Yusuf' },
      twice: [{ linkId: 'feet', mine: [false], theirs: [true] }],
    })
    await expect(complete(patel)).rejects.toBeInstanceOf(AnsweredByTwo)
    const [draft] = (await asked()).assessments.filter(({ id }) => id === 'two')
    expect([draft?.state, draft?.answers['feet']]).toEqual(['draft', [true]])
    await signInAs('amina')
  })
})

describe('A suggestion', () => {
  const suggestionFrom = async (id: string) => {
    const found = (await asked()).suggestions.find((each) => each.from === id)
    if (!found) throw new Error(`No suggestion from ${id}`)
    return found
  }

  test('becomes a goal once when it is accepted, and refers to the goal', async () => {
    await complete(
      sitting('wm', formOf('what-matters'), {
        'matters-most': ['My church'],
        'able-to-do': ['Walk to St Anne’s'],
      }),
    )
    const open = await suggestionFrom('wm')
    await acceptSuggestion({ suggestion: open, person: graceId })
    await acceptSuggestion({ suggestion: open, person: graceId })
    const goals = await fhir.search('Goal', { patient: `Patient/${graceId}` })
    expect(goals.entries.map((goal: Goal) => goal.description.text)).toEqual(['Walk to St Anne’s'])
    const task: Task = await fhir.read('Task', open.id)
    expect(task).toMatchObject({
      status: 'accepted',
      focus: { reference: `Goal/${goals.entries[0]?.id}` },
    })
    await expect(dismissSuggestion(open, { kind: 'other', words: 'Too late' })).rejects.toThrow(
      AlreadyDecided,
    )
  })

  test('keeps its reason when it is dismissed, and nothing is created', async () => {
    const yes = Object.fromEntries(['1', '3', '4'].map((id) => [id, [true]]))
    const no = Object.fromEntries(['2', '5', '6', '7'].map((id) => [id, [false]]))
    await complete(sitting('prisma', formOf('prisma-7'), { ...yes, ...no }))
    const open = await suggestionFrom('prisma')
    expect(open.code).toBe('frailty-review')
    await dismissSuggestion(open, { kind: 'done', words: 'Reviewed last week' })
    expect(await suggestionFrom('prisma')).toMatchObject({
      state: 'dismissed',
      reason: 'Reviewed last week',
    })
    await expect(acceptSuggestion({ suggestion: open, person: graceId })).rejects.toThrow(
      AlreadyDecided,
    )
    expect((await fhir.search('Condition', { patient: `Patient/${graceId}` })).entries).toEqual([])
  })
})

test('The story shows assessments with their titles and scores', async () => {
  const events = await new QueryClient().fetchQuery(timelineQueries.ofPerson(graceId))
  const assessments = events.filter((event) => event.kind === 'assessment')
  expect(assessments.map((event) => event.detail).toSorted()).toEqual(['12', '3', undefined])
  expect(assessments.every((event) => event.named.as === 'words')).toBe(true)
})

test('A person sees who has looked at the record, and not the safety flag', async () => {
  await signInAs('grace')
  const trail = await new QueryClient().fetchQuery(consentQueries.whoLooked(graceId))
  expect(trail?.entries.map((entry) => entry.name)).toContain('Amina Yusuf')
  expect((await asked()).safety).toEqual([])
  await signInAs('stranger')
  expect(await new QueryClient().fetchQuery(consentQueries.whoLooked(graceId))).toBeNull()
  const answer = await (await opened.as('amina'))(`/fhir/Patient/${graceId}/$who-looked`)
  const bundle = (await answer.json()) as Bundle<AuditEvent>
  expect(bundle.entry?.length).toBeGreaterThan(0)
})
