/**
 * People whom no list shows, or shows too late. `said-no`: to being looked for, or to case management; `left-out`: to
 * planning, so that they are in no count. Both are always there, and rounded for everybody: none cannot be told from a
 * few. Who is in the top twentieth without a coordinator, and has had no contact with any service for a year, is
 * `not-reached`.
 */
export const missingKinds = [
  'no-contact',
  'nothing-coded',
  'no-chance',
  'not-reached',
  'said-no',
  'left-out',
] as const
export type MissingKind = (typeof missingKinds)[number]
