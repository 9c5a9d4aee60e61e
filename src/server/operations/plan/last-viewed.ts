import type { Parameters } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { LastViewed } from '#domain/plan/changes-since.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import {
  lastViewedParameters,
  lastViewedRequest,
  seenRooms,
  viewedIn,
} from '#domain/plan/versions/last-viewed-parameters.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'

/** When the caller last looked at each room of a person’s plan. */
export const lastViewedOperation: Operation = {
  name: 'last-viewed',
  on: 'system',
  changes: false,
  purpose: 'When the caller last looked at each room of a person’s plan; patient',
  async run(call) {
    const { patient } = askedParameters(call, lastViewedRequest)
    return await viewedAnswer(call, await reachable(call, patient))
  },
}

/**
 * The caller has seen rooms of a person’s plan. The latest moment of each room counts, so that the marks of several devices
 * may come late and in any order; no moment is later than now.
 */
export const markSeenOperation: Operation = {
  name: 'mark-seen',
  on: 'system',
  changes: true,
  purpose:
    'Notes that the caller has seen rooms of a person’s plan: patient, and for each room seen with room and at; returns when each was last seen. Nobody else can read it',
  async run(call) {
    const { patient, seen } = askedParameters(call, lastViewedParameters)
    const person = await reachable(call, patient)
    const rooms = seenRooms(viewedIn(seen))
    if (rooms.length === 0)
      throw new FhirProblem(400, 'required', 'Say which rooms were seen, and when')
    if (rooms.some(({ at }) => Number.isNaN(Date.parse(at))))
      throw new FhirProblem(400, 'value', 'at must be an instant')
    await call.context.service.sql.query(
      `insert into last_viewed as l (agent, person, room, at)
       select $1, $2, s.room, least(s.at, $3::timestamptz) from json_to_recordset($4::json) as s(room text, at timestamptz)
       on conflict (agent, person, room) do update set at = greatest(l.at, excluded.at)`,
      [readerOf(call.actor), person, call.now.toISOString(), JSON.stringify(rooms)],
    )
    return await viewedAnswer(call, person)
  },
}

/** Somebody who cannot see the person gets the answer for a person who does not exist. */
async function reachable({ store, scope, actor }: OperationCall, person: string): Promise<string> {
  if (person === '') throw new FhirProblem(400, 'required', 'Say of which patient, by id')
  if (actor.role === 'program') throw forbidden('A program does not look at a plan')
  if (!(await store.mayReach(person, scope)) || !(await exists(store, person, scope)))
    throw notFound()
  return person
}

/** Who may see everybody would otherwise be told that anybody exists. */
async function exists(
  store: OperationCall['store'],
  person: string,
  scope: OperationCall['scope'],
): Promise<boolean> {
  if (scope.people.kind !== 'all') return true
  return (await store.read('Patient', person, scope)) !== undefined
}

const readerOf = (actor: Actor) => agentOf(actor) ?? `identity/${actor.identity}`

async function viewedAnswer(
  { actor, context }: OperationCall,
  person: string,
): Promise<Parameters> {
  const viewed = await lastViewedBy(context.service.sql, actor, person)
  return lastViewedParameters.write({ patient: person, seen: seenRooms(viewed) })
}

/** Of this reader only. */
export async function lastViewedBy(sql: Sql, actor: Actor, person: string): Promise<LastViewed> {
  const { rows } = await sql.query<{ room: HouseRoom; at: Date | string }>(
    'select room, at from last_viewed where agent = $1 and person = $2',
    [readerOf(actor), person],
  )
  return viewedIn(rows.map(({ room, at }) => ({ room, at: new Date(at).toISOString() })))
}
