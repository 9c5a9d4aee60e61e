import { ageOn } from '#domain/calendar/age.ts'

/** Completed years on a day; undefined while they depend on an unknown month or day of birth. */
export function certainAge(birthDate: string | undefined, day: string): number | undefined {
  const oldest = ageOn(birthDate, day)
  return oldest === ageOn(latestOf(birthDate), day) ? oldest : undefined
}

/** `1940` may be as late as `1940-12-31`, `1940-03` as late as `1940-03-31`. */
export function latestOf(birthDate: string | undefined): string | undefined {
  if (birthDate?.length === 4) return `${birthDate}-12-31`
  return birthDate?.length === 7 ? `${birthDate}-31` : birthDate
}
