import type { HealthcareService } from '@medplum/fhirtypes'
import { isBankHoliday, weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { dayIn, hourMinutesIn } from '#domain/calendar/zone.ts'

/** In the order of a week. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** On these days from one time until another (`08:00`, `18:30`); `24:00` is the end of the day. */
export type OpenTime = Readonly<{ days: readonly Weekday[]; from: string; until: string }>

/** When a service answers its own telephone, as its organisation recorded it. */
export type ServiceHours = Readonly<{
  times: readonly OpenTime[]
  /** days on which it does not answer, besides bank holidays: `YYYY-MM-DD`, the last one counts */
  closed: readonly Readonly<{ from: string; until: string }>[]
}>

/** Several services of one organisation are read as one: a number is answered if one of them is there. Undefined: not recorded. */
export function serviceHoursFrom(services: readonly HealthcareService[]): ServiceHours | undefined {
  const inUse = services.filter(({ active }) => active !== false)
  const times = inUse.flatMap(({ availableTime = [] }) => availableTime.flatMap(timeFrom))
  if (times.length === 0) return undefined
  const closed = inUse.flatMap(({ notAvailable = [] }) =>
    notAvailable.flatMap(({ during }) =>
      during?.start && during.end
        ? [{ from: dayWritten(during.start), until: dayWritten(during.end) }]
        : [],
    ),
  )
  return { times, closed }
}

type Available = NonNullable<HealthcareService['availableTime']>[number]

/** A time without days counts for every day. One that ends before it begins says nothing. */
function timeFrom(said: Available): readonly OpenTime[] {
  const days = said.daysOfWeek?.length
    ? weekdays.filter((day) => said.daysOfWeek?.includes(day))
    : weekdays
  if (said.allDay) return [{ days, from: '00:00', until: '24:00' }]
  const from = minutesOf(said.availableStartTime)
  const until = minutesOf(said.availableEndTime)
  return from && until && from < until && days.length > 0 ? [{ days, from, until }] : []
}

const minutesOf = (time: string | undefined) => /^\d\d:\d\d/.exec(time ?? '')?.[0]

/**
 * True while the service answers its own telephone, by the clock on the wall of its zone: an hour that comes twice counts
 * twice, one that is skipped never. On a bank holiday it does not. Undefined if its hours are not recorded: nobody knows.
 */
export function isServiceOpen(
  hours: ServiceHours | undefined,
  { now, zone }: Readonly<{ now: Date; zone: string }>,
): boolean | undefined {
  if (!hours) return undefined
  const day = dayIn(zone, now)
  const isClosed = hours.closed.some(({ from, until }) => from <= day && day <= until)
  if (isClosed || isBankHoliday(day)) return false
  const weekday = weekdays[(weekdayOf(day) + 6) % 7] ?? 'mon'
  const time = hourMinutesIn(zone, now)
  return hours.times.some(
    ({ days, from, until }) => days.includes(weekday) && time >= from && time < until,
  )
}
