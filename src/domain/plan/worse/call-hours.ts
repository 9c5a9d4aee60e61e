import { dayIn, hourMinutesIn } from '#domain/calendar/zone.ts'
import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import type { WhatIfStep } from '#domain/plan/plan.ts'

/**
 * When the service answers its own telephone. The hours in which an English practice is open by contract (“core
 * hours”): 8am to 6.30pm, Monday to Friday. Public holidays are not known here.
 */
export const serviceHours = { from: '08:00', until: '18:30' } as const

/** True while the service answers its own telephone, in its time zone. */
export function isDaytime(now: Date, zone: string): boolean {
  const weekday = new Date(`${dayIn(zone, now)}T12:00:00Z`).getUTCDay()
  const time = hourMinutesIn(zone, now)
  return weekday >= 1 && weekday <= 5 && time >= serviceHours.from && time < serviceHours.until
}

/** The number to call now, by the plan: by night the number for the night, if there is one. */
export function numberNow(step: WhatIfStep, isDay: boolean): string | undefined {
  const { ring, ringAtNight = '', doWhat } = step
  const night = isDay ? undefined : firstNumberIn(ringAtNight)
  return night ?? firstNumberIn(ring) ?? firstNumberIn(doWhat)
}
