import { addDays, daysBetween } from '#domain/calendar/days.ts'

/** A contact with a hospital or the team, as the record has it. */
export type RecordedEncounter = Readonly<{
  ref: string
  /** v3-ActCode: AMB, VR, HH, IMP, EMER … */
  kind: string
  status: string
  isEmergency: boolean
  start: string | undefined
  end: string | undefined
}>

const inpatient = ['IMP', 'ACUTE', 'NONAC']
const contacts = ['AMB', 'VR', 'HH']
const gone = ['cancelled', 'entered-in-error', 'planned']

/**
 * An emergency stay: an inpatient encounter marked as emergency, or an emergency encounter that did not end on the day
 * it began. A visit to the emergency department of some hours is no stay; an inpatient encounter that does not say how it
 * came about is not taken for an emergency.
 */
export function isEmergencyStay(encounter: RecordedEncounter): boolean {
  const { kind, isEmergency, status, start, end } = encounter
  if (gone.includes(status) || !start) return false
  if (inpatient.includes(kind)) return isEmergency
  return (
    kind === 'EMER' &&
    (end === undefined ? status === 'in-progress' : end.slice(0, 10) > start.slice(0, 10))
  )
}

export type Stays = Readonly<{
  count: number
  /** nights in those stays; an unfinished one counts to today */
  bedDays: number
  /** the first day on which one of them is more than a year past */
  leavesOn?: string
}>

/** Emergency stays that began in the 365 days up to `day`. */
export function emergencyStays(encounters: readonly RecordedEncounter[], day: string): Stays {
  const first = addDays(day, -365)
  const within = encounters.filter((each) => {
    const start = each.start?.slice(0, 10) ?? ''
    return isEmergencyStay(each) && start > first && start <= day
  })
  const starts = within.map((each) => (each.start ?? day).slice(0, 10)).sort()
  return {
    count: within.length,
    bedDays: within.reduce(
      (sum, each) => sum + Math.max(0, daysBetween(each.start ?? day, each.end ?? day)),
      0,
    ),
    ...(starts[0] ? { leavesOn: addDays(starts[0], 365) } : {}),
  }
}

/** The last day on which somebody saw or spoke to the person. */
export function lastContact(
  encounters: readonly RecordedEncounter[],
  day: string,
): string | undefined {
  return encounters
    .filter((each) => contacts.includes(each.kind) && !gone.includes(each.status))
    .map((each) => (each.end ?? each.start ?? '').slice(0, 10))
    .filter((each) => each !== '' && each <= day)
    .sort()
    .at(-1)
}
