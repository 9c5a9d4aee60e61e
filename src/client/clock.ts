import { dayIn, dayOf, instantIn, usualZone } from '#domain/calendar/zone.ts'
import { useSession } from './session/session.ts'

/** The present, in one place, so that every screen agrees on it. */
export function now(): Date {
  return new Date()
}

/** The service's time zone, as the server gives it. The device's own time zone never decides what day it is. */
export function clockZone(): string {
  return useSession.getState().zone ?? usualZone
}

/** Today in the service’s time zone, `YYYY-MM-DD`: the same on every device and on the server. */
export function clockToday(): string {
  return dayIn(clockZone(), now())
}

/** The day of a moment in the service’s time zone, `YYYY-MM-DD`. */
export function localDay(moment: Date): string {
  return dayIn(clockZone(), moment)
}

/** The day of a FHIR date or instant in the service’s time zone. A date without a time is that date everywhere. */
export function dayHere(text: string): string {
  return dayOf(text, clockZone())
}

/** Now, as an instant whose date is the service's. */
export function nowHere(): string {
  return instantIn(clockZone(), now())
}
