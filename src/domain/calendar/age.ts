import { dayWritten } from './days.ts'
/**
 * Age in whole years on a day. Dates are FHIR dates: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined without a year. A
 * year alone counts as 1 January, so such an age may be one too high.
 */
export function ageOn(birthDate: string | undefined, day: string): number | undefined {
  if (!birthDate || !/^\d{4}/.test(birthDate)) return undefined
  const [year = 0, month = 1, date = 1] = dayWritten(birthDate).split('-').map(Number)
  const [thisYear = 0, thisMonth = 1, thisDate = 1] = dayWritten(day).split('-').map(Number)
  const hadBirthday = thisMonth > month || (thisMonth === month && thisDate >= date)
  return thisYear - year - (hadBirthday ? 0 : 1)
}
