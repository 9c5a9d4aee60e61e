import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  type CoordinatorChange,
  coordinatorChangeToFhir,
} from '#domain/cover/coordinator-change.ts'
import { referenceTo } from '#domain/fhir/references-and-extensions.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { changesOf } from '#server/cover/coordinator-changes.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { daysToUndo } from './caseload-weights.ts'
import { caseOf, movePlace } from './change-coordinator.ts'
import type { StaffHere } from './staff-here.ts'

/** Takes a whole batch back: everybody has the coordinator of before, or nobody. Safe to repeat. */
export async function takeBackCoordinator(
  call: OperationCall,
  batch: string,
  staff: readonly StaffHere[],
): Promise<void> {
  const changes = await changesOf(call, batch)
  if (changes.length === 0) throw notFound()
  const { actor, today, context } = call
  for (const { by, at } of changes) {
    if (by.reference !== `Practitioner/${actor.practitioner}`)
      throw forbidden('Whoever handed the people over takes it back')
    if (dayOf(at, context.zone) < addDays(today, -daysToUndo))
      throw conflict(`This is more than ${daysToUndo} days ago: hand the people over again`)
  }
  const standing = changes.filter(({ undone }) => !undone)
  await mustBeBack(call, standing, staff)
  for (const change of standing) await takeBack(call, change)
}

/** Nobody’s care is given back to somebody who has left, or is away. Throws 409 with what to do instead. */
async function mustBeBack(
  { context, actor }: OperationCall,
  changes: readonly CoordinatorChange[],
  staff: readonly StaffHere[],
): Promise<void> {
  const here = `Organization/${actor.organisation}`
  const { absences } = await awayNow(context)
  for (const { from } of changes) {
    const again = 'hand the people over again, to somebody who is there'
    if (!staff.some(({ who }) => who.reference === from.reference))
      throw conflict(`${from.name} does not work in your organisation any more: ${again}`)
    const absence = absences.find(
      ({ who, organisation }) => who.reference === from.reference && organisation === here,
    )
    if (absence) throw conflict(`${from.name} is away until ${absence.until}: ${again}`)
  }
}

const conflict = (words: string) => new FhirProblem(409, 'conflict', words)

async function takeBack({ context, now }: OperationCall, change: CoordinatorChange): Promise<void> {
  const { person, from, to, leftTeam } = change
  const { episode, team } = await caseOf(context, person)
  if (episode.careManager?.reference !== to.reference)
    throw conflict(
      'Somebody else coordinates the care of one of them by now: hand the people over again',
    )
  const at = now.toISOString()
  await storeRecord(context, {
    resource: { ...episode, careManager: referenceTo(from) },
    version: Number(episode.meta?.versionId),
  })
  if (leftTeam) await movePlace(context, { team, gone: to, came: { who: from, role: '' }, at })
  const undone = { ...change, undone: at }
  await keepRecords(context, [coordinatorChangeToFhir(undone)], {
    person,
    way: '$hand-over-people',
  })
}
