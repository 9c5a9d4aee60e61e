import { addDays, reckonedDay } from '#domain/calendar/days.ts'

/**
 * The one clock of the tests. Code that gets a clock as an argument gets `testNow`, and its tests may name any date.
 * Code that uses the machine's clock (screens, programs, a provider) reads it here, and its tests name no date near
 * today.
 */
export const testNow = new Date('2026-03-02T09:00:00.000Z')

/** The day of `testNow`. */
export const testDay = reckonedDay(testNow.getTime())

/** The clock of the machine. */
export const machineNow = (): Date => new Date()

const minute = 60_000

/** The moment so many minutes before another. */
export const minutesBefore = (moment: Date, minutes: number): Date =>
  new Date(moment.getTime() - minutes * minute)

/** The moment so many minutes from now by the machine's clock; in the past for a negative number. */
export const minutesFromNow = (minutes: number): Date => minutesBefore(machineNow(), -minutes)

/** The date so many days from today by the machine's clock, in London (`2027-01-15`). */
export const dayFromToday = (days: number): string =>
  addDays(machineNow().toLocaleDateString('en-CA', { timeZone: 'Europe/London' }), days)
