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

const yearOf = (date: string) => Number(date.slice(0, 4))
/** `-MM-DD` */
const inYear = (date: string) => firstDayOf(date).slice(4)
