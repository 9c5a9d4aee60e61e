import type { Patient } from '@medplum/fhirtypes'
import type { Adt } from './adt.ts'

/**
 * What messages say about a death: the day or instant, `true` if none is given; `withdrawn`: it was reported and
 * withdrawn.
 */
export type ToldDeath = Readonly<{
  died: string | true | 'withdrawn'
  /** every day or instant that they ever gave */
  given: readonly (string | true)[]
}>

type State = ToldDeath & Readonly<{ visit: string; byDischarge: boolean }>

/**
 * Read from all messages about one person, in the order in which they were entered: the latest counts. "Not dead" says
 * something only after a death was reported, because a hospital that knows of none sends it about everybody. The
 * cancelled discharge (A13) of a stay that ended in death withdraws that death.
 */
export function deathTold(messages: readonly Adt[]): ToldDeath | undefined {
  const inOrder = messages.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return inOrder.reduce<State | undefined>(next, undefined)
}

function next(before: State | undefined, adt: Adt): State | undefined {
  const visit = `${adt.visit.authority} ${adt.visit.number}`
  if (adt.died !== undefined && adt.died !== false) {
    const given = [...(before?.given ?? []), adt.died]
    return { died: adt.died, given, visit, byDischarge: adt.event === 'A03' }
  }
  if (!before || before.died === 'withdrawn') return before
  const cancelled = adt.event === 'A13' && before.byDischarge && before.visit === visit
  return adt.died === false || cancelled ? { ...before, died: 'withdrawn' } : before
}

/**
 * The person with what the messages say; the same record if they say nothing new. What others recorded about it stays.
 */
export function withDeath(patient: Patient, reported: ToldDeath): Patient {
  const { deceasedBoolean, deceasedDateTime, ...rest } = patient
  const recorded = deceasedDateTime ?? (deceasedBoolean ? true : undefined)
  const isTold = recorded !== undefined && reported.given.includes(recorded)
  if (reported.died === 'withdrawn') return isTold ? rest : patient
  // a day that somebody else recorded is theirs to correct
  if (typeof recorded === 'string' && !isTold) return patient
  return reported.died === true
    ? undated(patient, recorded)
    : { ...rest, deceasedDateTime: reported.died }
}

/** That the person died is news only if it is not recorded yet; an existing record, with or without a date, stays. */
const undated = (patient: Patient, recorded: string | true | undefined): Patient =>
  recorded === undefined ? { ...patient, deceasedBoolean: true } : patient
