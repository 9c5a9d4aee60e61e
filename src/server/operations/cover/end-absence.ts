import { addDays } from '#domain/calendar/days.ts'
import { type Absence, absenceState } from '#domain/cover/absence.ts'
import { withAbsence, withoutAbsence } from '#domain/cover/absence-fhir.ts'
import { endAbsenceRequest } from '#domain/cover/absences-answer.ts'
import {
  absencesOf,
  keepRole,
  lockAbsences,
  rolesIn,
  type StaffRole,
} from '#server/cover/kept-absences.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { mustArrangeCover } from './staff-here.ts'

const way = '$end-absence'

/** Withdrawn before it begins, ended on the day of coming back, or, once it is over, read. Safe to repeat. */
export const endAbsenceOperation: Operation = {
  name: 'end-absence',
  on: 'type',
  type: 'PractitionerRole',
  changes: true,
  purpose:
    'Ends an absence today, or withdraws it before it begins (id): by the professional themself or a manager of their organisation. With read, the professional says once it is over that they have read what happened. Returns the PractitionerRole',
  async run(call) {
    const organisation = mustArrangeCover(call.actor)
    const { id, read } = askedParameters(call, endAbsenceRequest)
    return await withinRecord(call.context, async (inside) => {
      await lockAbsences(inside, organisation)
      const { role, absence } = absenceHere(await rolesIn(inside, organisation), id)
      mustBeTheirs(call, absence, read)
      const after = (read ? afterReading : afterEnd)(call, role, absence)
      const next = { ...after, id: role.id }
      const why = `${absence.who.name}: ${read ? 'read' : 'ended'}`
      if (after !== role) await keepRole(inside, next, { way, why })
      return next
    })
  },
}

/** Throws 404. */
function absenceHere(roles: readonly StaffRole[], id: string) {
  for (const role of roles) {
    const absence = absencesOf([role]).find((each) => each.id === id)
    if (absence) return { role, absence }
  }
  throw notFound()
}

function mustBeTheirs({ actor }: OperationCall, { who }: Absence, read: boolean): void {
  if (who.reference === `Practitioner/${actor.practitioner}`) return
  if (read) throw forbidden('Whoever was away says themself that they have read what happened')
  if (actor.role !== 'manager')
    throw forbidden('An absence is ended by whoever is away, or by a manager')
}

function afterReading({ today, now }: OperationCall, role: StaffRole, absence: Absence) {
  const state = absenceState(absence, today)
  if (state === 'read') return role
  if (state !== 'back')
    throw new FhirProblem(409, 'conflict', 'What happened is read once the absence is over')
  return withAbsence(role, { ...absence, read: now.toISOString() })
}

/** On the first day itself, they were not away at all: nothing of it is left to read. */
function afterEnd({ today }: OperationCall, role: StaffRole, absence: Absence) {
  const state = absenceState(absence, today)
  if (state === 'back' || state === 'read') return role
  if (state === 'planned' || absence.from === today) return withoutAbsence(role, absence.id)
  const { until, planned = until } = absence
  return withAbsence(role, { ...absence, until: addDays(today, -1), planned })
}
