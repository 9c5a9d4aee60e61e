import type { Goal, Task } from '@medplum/fhirtypes'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Voice } from '#domain/plan/plan.ts'
import { ownerOfWords, withSentence } from '#domain/suggestion/sentence.ts'
import {
  type Deciding,
  decidedTask,
  suggestedChangeFromFhir,
  suggestedChangeToFhir,
} from '#domain/suggestion/suggested-change-fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { aboutMe, amina, goal, grace, standing } from './grace-records.ts'

export const suggestionsNow = '2026-03-02T09:00:00.000Z'
export const karen = { reference: 'Practitioner/karen-lee', display: 'Karen Lee' }
export const tom = { reference: 'Practitioner/tom-price', display: 'Tom Price' }
export const person = grace.reference.split('/')[1] ?? ''
const codes = 'https://gable.example/codes'
const whatIf = {
  ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
  ...{ subject: grace, author: amina },
  category: [{ coding: [{ system: codes, code: 'contingency' }] }],
  supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }],
  extension: [
    {
      url: 'https://gable.example/fhir/what-if',
      extension: [
        { url: 'level', valueCode: 'amber' },
        { url: 'doWhat', valueString: 'Ring the surgery' },
      ],
    },
  ],
} as const
export const need = {
  ...{ resourceType: 'Condition', id: 'need-1', subject: grace, recorder: karen },
  ...{ code: { text: 'Cannot climb the step' } },
  category: [{ coding: [{ code: 'health-concern' }] }],
} as const
const step = {
  ...{ resourceType: 'Task', id: 'step-1', status: 'requested', intent: 'order', for: grace },
  ...{ description: 'Ask the parish', owner: tom, focus: { reference: 'Goal/goal-1' } },
} as const
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
const team = {
  ...{ resourceType: 'CareTeam', id: 'team-case-1', status: 'active', subject: grace },
  participant: [{ member: karen }, { member: tom }],
} as const
const carePlan = {
  ...{ resourceType: 'CarePlan', id: 'plan-case-1', status: 'active', intent: 'plan' },
  ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }] },
  goal: [{ reference: 'Goal/goal-1' }],
} as const

export type Wish = Readonly<{
  record?: string
  place?: string
  baseVersion?: string
  baseWords?: string
  words?: string
}>

export const church = 'To walk to church'
export const feast = 'To walk to church or a feast day'

export const suggestion = (by: { reference: string; display?: string }, wish: Wish = {}) =>
  suggestedChangeToFhir({
    ...{ id: 'change-1', person, record: 'Goal/goal-1', place: 'words', baseVersion: '1' },
    ...{ baseWords: church, words: feast, why: 'She told me about 8 December', at: suggestionsNow },
    ...wish,
    by: { reference: by.reference, name: '', voice: 'professional' },
  })

/** Grace’s plan behind the real handler, for tests of what others suggest for it. */
export async function openSuggestions(sql: Sql, more: readonly object[] = []) {
  const server = await openHandler({ sql, now: new Date(suggestionsNow) })
  const records = [openCase, team, carePlan, goal(grace), need, step, whatIf, aboutMe(grace)]
  await server.seed(
    [...demoOrganisationRecords(), ...standing, ...records, ...more] as never,
    'brook-surgery',
  )
  const put = async (who: string, record: { resourceType: string; id: string }, version = 0) =>
    await (await server.as(who))(`/fhir/${record.resourceType}/${record.id}`, {
      ...{ method: 'PUT', json: record },
      headers: version ? { 'If-Match': `W/"${version}"` } : {},
    })
  const get = async <T>(name: string) =>
    (await (await (await server.as('amina'))(`/fhir/${name}`)).json()) as T & { id: string }
  const suggest = async (who: string, by: { reference: string }, wish: Wish = {}) =>
    await put(who, suggestion(by, wish))
  const change = async () => suggestedChangeFromFhir(await get<Task>('Task/change-1'))
  return { ...server, put, get, suggest, change }
}
export type SuggestionsServer = Awaited<ReturnType<typeof openSuggestions>>

const entry = (resource: { resourceType: string; id: string; meta?: { versionId?: string } }) => ({
  resource,
  request: {
    ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    ifMatch: `W/"${resource.meta?.versionId ?? '1'}"`,
  },
})
export const together = async (call: Caller, ...records: Parameters<typeof entry>[0][]) =>
  await call('/fhir', {
    method: 'POST',
    json: { resourceType: 'Bundle', type: 'transaction', entry: records.map(entry) },
  })
const inName = (reference: string, name: string) =>
  ({
    ...{
      reference,
      name,
      voice: (reference.startsWith('Patient/') ? 'person' : 'professional') as Voice,
    },
  }) as const

/** Takes words over as a screen does: the record and the suggestion together. */
export async function accept(
  server: SuggestionsServer,
  who: string,
  taking: Partial<Deciding> & { taken: string; by?: { reference: string } },
) {
  const record = await server.get<Goal>('Goal/goal-1')
  const task = await server.get<Task>('Task/change-1')
  const owner = ownerOfWords(record, 'words')
  const by = inName(taking.by?.reference ?? owner?.reference ?? '', who)
  const facts = { owner, by, at: suggestionsNow, day: '2026-03-02' }
  const written = withSentence(record, 'words', taking.taken, facts)
  const deciding = { way: 'self' as const, seen: record.meta?.versionId ?? '', ...taking }
  return await together(await server.as(who), written, decidedTask(task, deciding))
}
