import type { Bundle, Flag, Observation, QuestionnaireResponse, Task } from '@medplum/fhirtypes'
import { phq9Answers, phq9Items } from '#domain/assessment/instruments.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { bringIn } from './import-answer.ts'

const ours = 'https://gable.example/fhir/Questionnaire/phq-9|1.0'
export const subject = { reference: 'Patient/p' }

/** PHQ-9 as the form writes it, item by item in points. */
export function phq9(
  points: readonly number[],
  more: object = {},
): QuestionnaireResponse & { id: string } {
  const item = phq9Items.slice(0, points.length).map((linkId, place) => {
    const answer = phq9Answers[points[place] ?? 0]
    return { linkId, answer: [{ valueCoding: { system: 'http://loinc.org', ...answer } }] }
  })
  return {
    ...{ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', subject },
    ...{ questionnaire: ours, authored: '2026-03-01T10:00:00Z' },
    item: [{ linkId: 'problems', item }],
    ...more,
  } as QuestionnaireResponse & { id: string }
}

export const dark = phq9([3, 3, 3, 3, 3, 3, 3, 3, 3])
export const bright = phq9([3, 3, 3, 3, 3, 3, 3, 3, 0])

export const bundle = (type: string, entry: readonly object[]) => ({
  resourceType: 'Bundle',
  type,
  entry,
})
export const put = (resource: { resourceType: string; id: string }) => ({
  ...{ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } },
})

/** Somebody of Amina’s practice whom answers are about, and other records. */
export async function answersServer(sql: Sql, more: readonly object[] = []) {
  const opened = await openHandler({ sql, now: testNow })
  const registered = { generalPractitioner: [{ reference: 'Organization/brook-surgery' }] }
  await opened.seed([
    { resourceType: 'Organization', id: 'brook-surgery', active: true, name: 'Brook Surgery' },
    {
      resourceType: 'Patient',
      id: 'p',
      birthDate: '1940-05-01',
      gender: 'female',
      ...registered,
    },
    ...(more as { resourceType: 'Questionnaire'; id: string; status: 'active' }[]),
  ] as Parameters<typeof opened.seed>[0])
  return { ...opened, amina: await opened.as('amina') }
}
export const flagsSeenBy = async (call: Caller) => {
  const answer = await call('/fhir/Flag?patient=Patient/p')
  const { entry = [] } = (await answer.json()) as Bundle<Flag>
  return entry.flatMap(({ resource }) => (resource ? [resource] : []))
}
export const scoreSeenBy = async (call: Caller, id = 'score-q') =>
  (await (await call(`/fhir/Observation/${id}`)).json()) as Observation
/** Writes answers under the id `q`. */
export const writeAnswers = (call: Caller, json: object) =>
  call('/fhir/QuestionnaireResponse/q', { method: 'PUT', json })

type Door = (call: Caller) => Promise<unknown>
/** All the ways in which answers are sent. */
export const doors: readonly (readonly [string, Door])[] = [
  ['an update', (call) => writeAnswers(call, dark)],
  [
    'a create',
    (call) =>
      call('/fhir/QuestionnaireResponse', { method: 'POST', json: { ...dark, id: undefined } }),
  ],
  [
    'a conditional update',
    (call) => call('/fhir/QuestionnaireResponse?_id=q', { method: 'PUT', json: dark }),
  ],
  [
    'a patch',
    async (call) => {
      await writeAnswers(call, bright)
      const body = JSON.stringify([{ op: 'replace', path: '/item', value: dark.item }])
      const headers = { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' }
      return await call('/fhir/QuestionnaireResponse/q', { method: 'PATCH', body, headers })
    },
  ],
  [
    'a transaction',
    (call) => call('/fhir', { method: 'POST', json: bundle('transaction', [put(dark)]) }),
  ],
  ['a batch', (call) => call('/fhir', { method: 'POST', json: bundle('batch', [put(dark)]) })],
  ['an import', (call) => bringIn(call, JSON.stringify(dark), 'application/fhir+ndjson')],
  [
    'an import of one whole',
    (call) => bringIn(call, JSON.stringify(bundle('transaction', [{ resource: dark }]))),
  ],
]

export const tasksSeenBy = async (call: Caller) => {
  const answer = await call('/fhir/Task?patient=Patient/p')
  const { entry = [] } = (await answer.json()) as Bundle<Task>
  return entry.flatMap(({ resource }) => (resource ? [resource] : []))
}
