import { firstDayOf } from './days.ts'

/**
 * Age in whole years on a day. Dates are FHIR dates: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined without a year. A
 * year alone counts as 1 January, so such an age may be one too high.
 */
export function ageOn(birthDate: string | undefined, day: string): number | undefined {
  if (!birthDate || !/^\d{4}/.test(birthDate)) return undefined
  const hadBirthday = inYear(day) >= inYear(birthDate)
  return yearOf(day) - yearOf(birthDate) - (hadBirthday ? 0 : 1)
}

/**
 * The latest birth date of whoever is so old on a day. Birth dates compare with it as text, a year or month alone too: it
 * counts from its first day, and is less than any day in it.
 */
export const latestBirthAt = (age: number, day: string): string =>
  `${Math.max(0, yearOf(day) - age)}`.padStart(4, '0') + inYear(day)

const yearOf = (date: string) => Number(date.slice(0, 4))
/** `-MM-DD` */
const inYear = (date: string) => firstDayOf(date).slice(4)
