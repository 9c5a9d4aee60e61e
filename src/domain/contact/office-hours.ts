import type { HealthcareService, HealthcareServiceAvailableTime } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { isOpenOnHolidays, onBankHolidays, type Weekday, weekdays } from './service-hours.ts'

/** From one time until another on one day: `08:00`, `18:30`; `24:00` is the end of the day. */
type Slot = Readonly<{ from: string; until: string }>

/** Days on which nobody answers, the last one included: `YYYY-MM-DD`. */
export type ClosedDays = Readonly<{ from: string; until: string; why: string }>

/** When an organisation answers its telephone, as an administrator writes it down. */
export type OfficeHours = Readonly<{
  /** every day, day and night; the week then says nothing */
  isAlways: boolean
  /** a day without a slot is closed; a second slot is after a break */
  week: Readonly<Record<Weekday, readonly Slot[]>>
  onHolidays: boolean
  closed: readonly ClosedDays[]
}>

export function officeHoursFrom(service: HealthcareService | undefined): OfficeHours {
  const times = service?.availableTime ?? []
  const slotsOn = (day: Weekday) =>
    times
      .filter(
        ({ allDay, daysOfWeek }) => !allDay && (!daysOfWeek?.length || daysOfWeek.includes(day)),
      )
      .map((each) => ({
        from: minutesIn(each.availableStartTime),
        until: minutesIn(each.availableEndTime),
      }))
      .toSorted((one, other) => one.from.localeCompare(other.from))
  const week = {
    ...{ mon: slotsOn('mon'), tue: slotsOn('tue'), wed: slotsOn('wed'), thu: slotsOn('thu') },
    ...{ fri: slotsOn('fri'), sat: slotsOn('sat'), sun: slotsOn('sun') },
  }
  return {
    isAlways: times.some(({ allDay }) => allDay === true),
    week,
    onHolidays: service !== undefined && isOpenOnHolidays(service),
    closed: (service?.notAvailable ?? []).map(({ during, description }) => ({
      from: dayWritten(during?.start ?? ''),
      until: dayWritten(during?.end ?? during?.start ?? ''),
      why: description,
    })),
  }
}

/** `24:00` is stored as the last minute: a FHIR time ends before it. */
const endOfDay = '23:59:59'
const minutesIn = (time = '') => (time === endOfDay ? '24:00' : time.slice(0, 5))
const timeOf = (minutes: string) => (minutes === '24:00' ? endOfDay : `${minutes}:00`)

/** The service that answers the telephone, with these hours; what else it says stays. */
export function withOfficeHours(
  service: HealthcareService & { id: string },
  { isAlways, week, onHolidays, closed }: OfficeHours,
): HealthcareService & { id: string } {
  const { extension: _extension, availableTime: _times, notAvailable: _closed, ...rest } = service
  const { availabilityExceptions: _words, ...others } = rest
  return {
    ...others,
    ...withExtensions(service, { [onBankHolidays]: onHolidays ? [{ valueBoolean: true }] : [] }),
    availableTime: isAlways ? [{ allDay: true }] : timesOf(week),
    ...(isAlways || onHolidays ? {} : { availabilityExceptions: 'Closed on bank holidays' }),
    ...(closed.length > 0
      ? {
          notAvailable: closed.map(({ from, until, why }) => ({
            ...{ description: why.trim() || 'Closed', during: { start: from, end: until || from } },
          })),
        }
      : {}),
  }
}

/** A line that is left empty says nothing. */
const said = (slots: readonly Slot[]) =>
  slots.filter(({ from, until }) => from !== '' || until !== '')

/** Days with the same slot are one line, in the order of the week. */
function timesOf(week: OfficeHours['week']): HealthcareServiceAvailableTime[] {
  const lines = new Map<string, Weekday[]>()
  for (const day of weekdays)
    for (const { from, until } of said(week[day])) {
      const key = `${from} ${until}`
      lines.set(key, [...(lines.get(key) ?? []), day])
    }
  return [...lines].map(([key, days]) => {
    const [from = '', until = ''] = key.split(' ')
    return {
      ...{ daysOfWeek: days },
      ...{ availableStartTime: timeOf(from), availableEndTime: timeOf(until) },
    }
  })
}

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/

/** What is wrong with the hours of one day: a time that is none, an end before its start, or two that overlap. */
export function slotFault(all: readonly Slot[]): 'no-time' | 'no-end' | 'overlap' | undefined {
  const slots = said(all)
  for (const { from, until } of slots) {
    if (!clockTime.test(from) || !(clockTime.test(until) || until === '24:00')) return 'no-time'
    if (from >= until) return 'no-end'
  }
  const sorted = slots.toSorted((one, other) => one.from.localeCompare(other.from))
  return sorted.some(({ from }, at) => from < (sorted[at - 1]?.until ?? '')) ? 'overlap' : undefined
}

const faultWords = {
  'no-time': 'Give each time as hours and minutes, for example 08:00 and 18:30',
  'no-end': 'A time ends after it begins',
  overlap: 'Two times on one day overlap',
} as const

/** What is wrong with the hours that a service says, for who sends it. */
export function officeHoursFault(service: HealthcareService): string | undefined {
  const { week, closed } = officeHoursFrom(service)
  const fault = weekdays.map((day) => slotFault(week[day])).find(Boolean)
  if (fault) return faultWords[fault]
  if (closed.some(({ from }) => !from)) return 'Say from which day on it is closed'
  return closed.some(({ from, until }) => until < from)
    ? 'The last closed day is before the first'
    : undefined
}
