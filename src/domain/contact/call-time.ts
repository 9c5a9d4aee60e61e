import { isWholeDay } from '#domain/calendar/days.ts'
import { momentAt, zonedMoment } from '#domain/calendar/zone.ts'

export type CallTimeFault = 'no-time' | 'before-home' | 'future'

/** When a call was that is written down later: a day and a time (`09:10`) by the clock of the zone. */
export function callTime(
  { day, time }: Readonly<{ day: string; time: string }>,
  { home, now, zone }: Readonly<{ home: string; now: Date; zone: string }>,
): Readonly<{ at: string } | { fault: CallTimeFault }> {
  if (!isWholeDay(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { fault: 'no-time' }
  const at = momentAt(Date.parse(`${day}T${time}:00Z`), zone)
  if (at > Number(now)) return { fault: 'future' }
  // the minute of the discharge is not before it
  if (at + 59_999 < zonedMoment(home, zone)) return { fault: 'before-home' }
  return { at: new Date(Math.max(at, zonedMoment(home, zone))).toISOString() }
}
