import { type Absence, absenceState } from '#domain/cover/absence.ts'
import { absenceFault } from '#domain/cover/absence-fault.ts'
import { withAbsence } from '#domain/cover/absence-fhir.ts'
import {
  absencesAnswer,
  type KeepAbsence,
  keepAbsenceRequest,
} from '#domain/cover/absences-answer.ts'
import { type CoverOfPerson, withEveryCover } from '#domain/cover/away-now.ts'
import type { Who } from '#domain/plan/plan.ts'
import { absenceRefusal } from '#server/cover/absence-refusal.ts'
import { absencesOf, exceptionsOf, keepRole, lockAbsences } from '#server/cover/kept-absences.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustArrangeCover, type StaffHere, staffHere } from './staff-here.ts'

const way = '$keep-absence'

/** Writes down on which days somebody is away and who covers, or changes it. Safe to repeat. */
export const keepAbsenceOperation: Operation = {
  name: 'keep-absence',
  on: 'type',
  type: 'PractitionerRole',
  changes: true,
  purpose:
    'Writes down an absence or changes it: id (made by the client), who (id of a Practitioner; absent: the caller), cover (a colleague of the same organisation who is there on all of these days), from, until (days, 92 at most); by the professional themself or a manager of their organisation. The person is not asked why. Returns the absence; 422 says what is in the way',
  async run(call) {
    const organisation = mustArrangeCover(call.actor)
    const asked = askedParameters(call, keepAbsenceRequest)
    if (!/^[A-Za-z0-9\-.]{1,40}$/.test(asked.id))
      throw new FhirProblem(400, 'value', 'Give the absence an id of at most 40 characters')
    const reference = whoseAbsence(call, asked)
    return await withinRecord(call.context, async (inside) => {
      await lockAbsences(inside, organisation)
      const staff = await staffHere({ ...call, context: inside }, organisation)
      const exceptions = await exceptionsOf(
        inside.service.sql,
        absencesOf(staff.flatMap(({ roles }) => roles)).map(({ id }) => id),
      )
      const absence = soundAbsence(call, { asked, reference, staff, exceptions })
      const role = roleFor(staff, absence)
      if (!role) throw notHere()
      const why = `${absence.who.name} ${absence.from}–${absence.until}: ${absence.cover.name}`
      await keepRole(inside, { ...withAbsence(role, absence), id: role.id }, { way, why })
      const state = absenceState(absence, call.today)
      return absencesAnswer.write({
        absences: [{ ...absence, state, others: [] }],
        ...{ colleagues: [], handed: [] },
      })
    })
  },
}

/** Themself, or for a manager anybody of the organisation. Throws 403. */
function whoseAbsence({ actor }: OperationCall, { who = '' }: KeepAbsence): string {
  const id = who || (actor.practitioner ?? '')
  if (id === '') throw new FhirProblem(400, 'required', 'Say who is away (who)')
  if (id !== actor.practitioner && actor.role !== 'manager')
    throw forbidden('An absence is written down by whoever is away, or by a manager')
  return `Practitioner/${id}`
}

const notHere = () =>
  new FhirProblem(422, 'business-rule', 'Nobody of that name works in this organisation today', {
    expression: 'who',
  })

/** Where it stands already, or the first role. */
const roleFor = (staff: readonly StaffHere[], { id, who }: Absence) => {
  const roles = staff.find((each) => each.who.reference === who.reference)?.roles ?? []
  return roles.find((role) => absencesOf([role]).some((each) => each.id === id)) ?? roles[0]
}

type Asked = Readonly<{
  asked: KeepAbsence
  reference: string
  staff: readonly StaffHere[]
  exceptions: readonly CoverOfPerson[]
}>

function soundAbsence(
  call: OperationCall,
  { asked, reference, staff, exceptions }: Asked,
): Absence {
  const find = (each: string) => staff.find(({ who }) => who.reference === each)?.who
  const who = find(reference)
  if (!who) throw notHere()
  const coverReference = asked.cover === '' ? '' : `Practitioner/${asked.cover}`
  const cover = find(coverReference) ?? {
    ...{ reference: coverReference, name: '', voice: 'professional' as const },
  }
  const all = absencesOf(staff.flatMap(({ roles }) => roles))
  const standing = all.find(({ id }) => id === asked.id)
  if (standing && standing.who.reference !== reference)
    throw new FhirProblem(409, 'conflict', 'This id is in use')
  if (standing && ['back', 'read'].includes(absenceState(standing, call.today)))
    throw new FhirProblem(409, 'conflict', 'This absence is over: write down another one')
  const { id, from, until } = asked
  const wished = { id, from, until, who, cover }
  const own = exceptions.filter(({ absence }) => absence === id).map((each) => each.cover)
  const fault = faultWith(wished, [cover, ...own], {
    ...{ today: call.today, colleagues: staff.map((each) => each.who.reference) },
    others: withEveryCover(all, exceptions).filter(
      (each) => each.id !== id && each.until >= call.today,
    ),
    ...(standing ? { standing } : {}),
  })
  if (fault) throw fault
  return { ...wished, by: call.actor.name, at: call.now.toISOString() }
}

/** Everybody who covers, for all or for single people, is there on all of these days. */
function faultWith(
  wished: Pick<Absence, 'id' | 'from' | 'until' | 'who' | 'cover'>,
  covers: readonly Who[],
  facts: Parameters<typeof absenceFault>[1],
): FhirProblem | undefined {
  for (const cover of covers) {
    const fault = absenceFault({ ...wished, cover }, facts)
    if (fault) return absenceRefusal(fault, { who: wished.who.name, cover: cover.name })
  }
  return undefined
}
