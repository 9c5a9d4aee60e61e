import type { Patient } from '@medplum/fhirtypes'
import { dayIn, dayOf } from '#domain/calendar/zone.ts'

/** Day or instant of a death, `true` if it is not known; undefined for the living. */
export type Death = string | true | undefined

export const deathIn = ({ deceasedDateTime, deceasedBoolean }: Patient): Death =>
  deceasedDateTime ?? (deceasedBoolean ? true : undefined)

/** Whether a day is certainly before a death; a month or a year alone says nothing of the days in it. */
export function isBeforeDeath(day: string, died: Exclude<Death, undefined>, zone: string): boolean {
  if (died === true) return false
  return day.slice(0, died.length) < (died.length > 10 ? dayOf(died, zone) : died)
}

/** What is wrong with a date of death; undefined if it can be recorded. No date at all is a death without one. */
export function faultOfDeath(
  day: string,
  { birthDate = '', today }: Readonly<{ birthDate: string | undefined; today: string }>,
): 'ahead' | 'before-birth' | undefined {
  if (day === '') return undefined
  if (day > today) return 'ahead'
  return day < birthDate.slice(0, day.length) ? 'before-birth' : undefined
}

/** The same for a record; of a death with a time of day, the time counts. */
export function faultOfRecordedDeath(
  patient: Patient,
  { now, zone }: Readonly<{ now: Date; zone: string }>,
): ReturnType<typeof faultOfDeath> {
  const died = deathIn(patient)
  if (died === undefined || died === true) return undefined
  const hasTime = died.length > 10
  if (hasTime && Date.parse(died) > Number(now)) return 'ahead'
  const day = hasTime ? dayOf(died, zone) : died
  return faultOfDeath(day, { birthDate: patient.birthDate, today: dayIn(zone, now) })
}

/** Somebody else has recorded something different about the death meanwhile. */
export class DeathMovedOn extends Error {
  constructor() {
    super('Someone else has recorded something different about the death')
    this.name = 'DeathMovedOn'
  }
}

/** The record with a changed death; undefined if it says so already. Throws `DeathMovedOn`. */
export function withDeathWritten<P extends Patient>(
  patient: P,
  { from, to }: Readonly<{ from: Death; to: Death }>,
): P | undefined {
  const current = deathIn(patient)
  if (current === to) return undefined
  if (current !== from) throw new DeathMovedOn()
  const { deceasedBoolean: _boolean, deceasedDateTime: _day, ...rest } = patient
  if (to === undefined) return rest as P
  return { ...rest, ...(to === true ? { deceasedBoolean: true } : { deceasedDateTime: to }) } as P
}
