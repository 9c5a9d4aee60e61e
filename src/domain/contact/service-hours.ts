import type { HealthcareService, Organization } from '@medplum/fhirtypes'
import { weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { type HolidayCalendar, isDayOff } from '#domain/calendar/holiday-calendars.ts'
import { dayIn, hourMinutesIn } from '#domain/calendar/zone.ts'
import { extensionOf, given, idIn } from '#domain/fhir/references-and-extensions.ts'
import { holidayCalendarOf } from './holiday-calendar-of.ts'

/** In the order of a week. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** On these days from one time until another (`08:00`, `18:30`); `24:00` is the end of the day. */
export type OpenTime = Readonly<{
  days: readonly Weekday[]
  from: string
  until: string
  /** answered round the clock, and so on a bank holiday too */
  allDay: boolean
  /** answered on a bank holiday as on any other day */
  onHolidays: boolean
  /** days on which this service does not answer: `YYYY-MM-DD`, the last one counts */
  closed: readonly Readonly<{ from: string; until: string }>[]
}>

/** When a service answers its own telephone, as its organisation recorded it. */
export type ServiceHours = Readonly<{
  times: readonly OpenTime[]
  /** whose bank holidays it keeps; absent: nobody has said, and those of England and Wales count */
  calendar?: HolidayCalendar
}>

export const onBankHolidays = 'on-bank-holidays'

/** Answered on bank holidays as on other days: FHIR has only words for it. */
export const isOpenOnHolidays = (service: HealthcareService): boolean =>
  extensionOf(service, onBankHolidays)?.valueBoolean === true

/**
 * When these numbers are answered: by the services that name all of them as theirs, open if one of them is. What else their
 * organisation does says nothing. Undefined: not recorded.
 */
export function serviceHoursFrom(
  services: readonly HealthcareService[],
  numbers: readonly string[],
  organisations: readonly Organization[] = [],
): ServiceHours | undefined {
  const answering = services.filter(
    (service) =>
      service.active !== false &&
      numbers.length > 0 &&
      numbers.every((number) => isNumberOf(service, number)),
  )
  const times = answering.flatMap((service) => {
    const closed = closedDaysOf(service)
    const onHolidays = isOpenOnHolidays(service)
    return (service.availableTime ?? []).flatMap((said) => timeFrom(said, { closed, onHolidays }))
  })
  const calendar = calendarOf(answering, organisations)
  return times.length > 0 ? { times, ...given('calendar', calendar) } : undefined
}

/** The holidays that the organisation of these services keeps, as its administrator chose them. */
function calendarOf(
  services: readonly HealthcareService[],
  organisations: readonly Organization[],
): HolidayCalendar | undefined {
  const providers = services.map(({ providedBy }) => idIn(providedBy?.reference))
  const found = organisations.find(({ id }) => id !== undefined && providers.includes(id))
  return found && holidayCalendarOf(found)
}

const isNumberOf = ({ telecom = [] }: HealthcareService, number: string) =>
  telecom.some(({ value = '', use }) => use !== 'old' && digitsOf(value) === digitsOf(number))

/** `+44 1632 960100` is `01632 960100`. */
const digitsOf = (number: string) =>
  number.replace(/^\s*(?:\+|00)44\s*(?:\(0\))?/, '0').replace(/\D/g, '')

const closedDaysOf = ({ notAvailable = [] }: HealthcareService): OpenTime['closed'] =>
  notAvailable.flatMap(({ during }) =>
    during?.start && during.end
      ? [{ from: dayWritten(during.start), until: dayWritten(during.end) }]
      : [],
  )

type Available = NonNullable<HealthcareService['availableTime']>[number]

/** A time without days counts for every day. One that ends before it begins says nothing. */
function timeFrom(
  said: Available,
  rest: Pick<OpenTime, 'closed' | 'onHolidays'>,
): readonly OpenTime[] {
  const days = said.daysOfWeek?.length
    ? weekdays.filter((day) => said.daysOfWeek?.includes(day))
    : weekdays
  if (said.allDay) return [{ ...rest, days, from: '00:00', until: '24:00', allDay: true }]
  const from = minutesOf(said.availableStartTime)
  const until = minutesOf(said.availableEndTime)
  return from && until && from < until && days.length > 0
    ? [{ ...rest, days, from, until, allDay: false }]
    : []
}

const minutesOf = (time: string | undefined) => /^\d\d:\d\d/.exec(time ?? '')?.[0]

/**
 * True while the service answers its own telephone, by the clock on the wall of its zone: an hour that comes twice counts
 * twice, one that is skipped never. On a bank holiday only who answers all day does, or who says so. Undefined if its hours are not recorded: nobody knows.
 */
export function isServiceOpen(
  hours: ServiceHours | undefined,
  { now, zone }: Readonly<{ now: Date; zone: string }>,
): boolean | undefined {
  if (!hours) return undefined
  const day = dayIn(zone, now)
  const isHoliday = isDayOff(hours.calendar ?? 'england-and-wales', day)
  const weekday = weekdays[(weekdayOf(day) + 6) % 7] ?? 'mon'
  const time = hourMinutesIn(zone, now)
  return hours.times.some(
    ({ days, from, until, allDay, onHolidays, closed }) =>
      days.includes(weekday) &&
      time >= from &&
      time < until &&
      (allDay || onHolidays || !isHoliday) &&
      !closed.some((each) => each.from <= day && day <= each.until),
  )
}
