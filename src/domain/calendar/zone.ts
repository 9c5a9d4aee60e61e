import { addDays, dayWritten, firstDayOf, reckonedDay } from './days.ts'
/** The time zone of a service without a setting (IANA name). */
export const usualZone = 'Europe/London'

/** Whether this time zone is known. */
export function isZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

const msPerDay = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
    },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  formats.set(zone, format)
  return format
}

/** How far each zone is ahead of UTC where a day of UTC begins: a format takes long, and the same days are asked for. */
const aheadOn = new Map<string, Map<number, number>>()
const mostDays = 50_000

function aheadAsDayBegins(day: number, zone: string): number {
  const known = aheadOn.get(zone) ?? new Map<number, number>()
  aheadOn.set(zone, known)
  const before = known.get(day)
  if (before !== undefined) return before
  const ahead = formattedWall(day * msPerDay, zone) - day * msPerDay
  if (known.size >= mostDays) known.clear()
  known.set(day, ahead)
  return ahead
}

/** The local time of a zone at a moment, as if it were UTC: milliseconds. */
function wallAt(moment: number, zone: string): number {
  const day = Math.floor(moment / msPerDay)
  const ahead = aheadAsDayBegins(day, zone)
  // clocks that did not change within the day
  if (ahead === aheadAsDayBegins(day + 1, zone)) return Math.floor(moment / 1_000) * 1_000 + ahead
  return formattedWall(moment, zone)
}

function formattedWall(moment: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(moment)
      .map((part) => [part.type, part.value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const wall = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  )
  // Date.UTC takes the years 0 to 99 for those of the last century
  return of('year') < 100 ? new Date(wall).setUTCFullYear(of('year')) : wall
}

/** The time, and the zone that decides which day it is. */
export type Clock = Readonly<{ now: Date; zone: string }>

/** The day (`YYYY-MM-DD`) of a moment in a zone: the only place where an instant becomes a day. */
export function dayIn(zone: string, moment: Date | number): string {
  return reckonedDay(wallAt(Number(moment), zone))
}

/**
 * The day of a FHIR date or instant in a zone. A day, month or year without a time belongs to no zone and stays as it
 * is; so does what cannot be read.
 */
export function dayOf(text: string, zone: string): string {
  if (text.length <= 10) return text
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? dayWritten(text) : dayIn(zone, moment)
}

/**
 * A moment as an instant whose date is that of a zone (`2026-11-28T17:40:00.000-08:00`): for rules that take the day
 * from its first ten characters, and the time from all of it.
 */
export function instantIn(zone: string, moment: Date | number): string {
  const time = Number(moment)
  const minutes = Math.round((wallAt(time, zone) - Math.floor(time / 1_000) * 1_000) / 60_000)
  if (minutes === 0) return new Date(time).toISOString()
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  const wall = new Date(time + minutes * 60_000).toISOString().slice(0, -1)
  return `${wall}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`
}

/** The hour (0 to 23) of a moment in a zone. */
export const hourIn = (zone: string, moment: Date | number): number =>
  new Date(wallAt(Number(moment), zone)).getUTCHours()

/** The time of day (`18:30`) of a moment in a zone. */
export const hourMinutesIn = (zone: string, moment: Date | number): string =>
  new Date(wallAt(Number(moment), zone)).toISOString().slice(11, 16)

/**
 * The moment at which the local time of a zone is `wall` (as if it were UTC, in milliseconds). If an hour occurs twice
 * the first one counts; a skipped hour counts as the hour after it.
 */
export function momentAt(wall: number, zone: string): number {
  const offsetAt = (moment: number) => wallAt(moment, zone) - Math.floor(moment / 1_000) * 1_000
  const before = wall - offsetAt(wall - msPerDay)
  if (wallAt(before, zone) === Math.floor(wall / 1_000) * 1_000) return before
  const after = wall - offsetAt(wall + msPerDay)
  return wallAt(after, zone) === Math.floor(wall / 1_000) * 1_000 ? after : before
}

/** The first moment of a day (`YYYY-MM-DD`) in a zone; if the clocks change at midnight that is not 00:00. */
export function startOfDay(day: string, zone: string): Date {
  return new Date(momentAt(Date.parse(`${day}T00:00:00Z`), zone))
}

/** The moment of a FHIR instant; a day, month or year without a time begins in the zone. */
export const zonedMoment = (text: string, zone: string): number =>
  text.length <= 10 ? Number(startOfDay(firstDayOf(text), zone)) : Date.parse(text)

/** The first moment after a day (`YYYY-MM-DD`) in a zone. */
export function endOfDay(day: string, zone: string): Date {
  const next = addDays(day, 1)
  return startOfDay(next, zone)
}
