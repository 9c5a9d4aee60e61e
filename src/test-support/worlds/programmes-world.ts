import type { Parameters, RequestGroup } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { entryState } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import {
  personProgrammes,
  programmePeople,
  programmeStepRequest,
  programmesParameters,
  type StepRequest,
  saveProgrammeRequest,
} from '#domain/programme/programme-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import type { Opened } from '#test-support/servers/stores.ts'
import { standing } from './grace-records.ts'

export const frailty: Omit<Programme, 'version'> = {
  ...{ id: 'frailty', title: 'Proactive care, frailty', purpose: 'To plan before a crisis' },
  owner: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' },
  ...{ retired: false, criteria: [{ words: 'Wants somebody to help plan' }] },
  ...{ pauses: ['in-hospital'], ends: ['goal-reached'], monthsWithoutContact: 3, notWith: [] },
  contents: [{ kind: 'contact', weeks: 1 }],
}

const wish: StepRequest = {
  ...{ programme: 'frailty', entry: '', seen: 0, kind: 'invited', day: '2026-03-01' },
  ...{ words: '', against: '' },
}

/** Grace and another person of one practice on 20 March 2026, with the operations of programmes to call. */
export async function programmesWorld(
  open: () => Promise<Opened>,
  records: readonly ResourceWithId[] = standing,
) {
  const { sql } = await open()
  const server = await openHandler({ sql, now: new Date('2026-03-20T09:00:00Z') })
  await server.seed([...records], 'brook-surgery')
  const call = async (who: string, path: string, json?: object) =>
    await (await server.as(who))(`/fhir/${path}`, json ? { method: 'POST', json } : {})
  const read = async <T = Parameters>(path: string, who = 'amina') =>
    (await (await call(who, path)).json()) as T
  const save = async (who: string, change: object = {}, version = 0) =>
    (
      await call(
        who,
        'PlanDefinition/$save-programme',
        saveProgrammeRequest.write({ ...frailty, version, ...change }),
      )
    ).status
  /** One step; the status and the text of the answer. */
  const step = async (change: Partial<StepRequest> = {}, who = 'amina', person = graceId) => {
    const asked = programmeStepRequest.write({ ...wish, ...change })
    const answer = await call(who, `Patient/${person}/$programme-step`, asked)
    return { status: answer.status, text: await answer.text() }
  }
  /** One step that is taken; the entry. */
  const done = async (change: Partial<StepRequest> = {}, who = 'amina', person = graceId) => {
    const { status, text } = await step(change, who, person)
    expect(status, text).toBe(200)
    return JSON.parse(text) as RequestGroup & { id: string }
  }
  /** A plain write of a record, with the version that stands; the status. */
  const put = async (who: string, resource: ResourceWithId) => {
    const path = `/fhir/${resource.resourceType}/${resource.id}`
    const send = await server.as(who)
    const { meta } = (await (await send(path)).json()) as ResourceWithId
    const version = meta?.versionId
    const headers = version ? { 'If-Match': `W/"${version}"` } : {}
    return (await send(path, { method: 'PUT', json: resource, headers })).status
  }
  const programmesOf = async (who = 'amina') =>
    programmesParameters.read(await read('PlanDefinition/$programmes', who)).programmes
  return {
    ...{ server, call, read, save, step, done, put, programmesOf },
    countsOf: async (who = 'amina') => (await programmesOf(who))[0]?.counts,
    peopleOf: async (who = 'amina') =>
      programmePeople.read(await read('PlanDefinition/frailty/$programme-people', who)).people,
    shownOf: async (person = graceId, who = 'amina') =>
      personProgrammes.read(await read(`Patient/${person}/$person-programmes`, who)),
  }
}

export function stateOf(group: RequestGroup | undefined) {
  const entry = group && programmeEntryFromFhir(group)
  return entry && entryState(entry)
}
