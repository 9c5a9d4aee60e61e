import type { ExplanationOfBenefit } from '@medplum/fhirtypes'
import {
  as,
  code,
  day,
  decimal,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  record,
  text,
} from '#domain/fhir/parameters.ts'

/** The result of `Patient/[id]/$activity`: what others say the care of one person cost, and how much of it is not known. */
export const activityParameters = parameters({
  /** the twelve whole months before this one */
  from: day,
  until: day,
  lines: integer,
  /** lines of these months without a cost */
  withoutCost: integer,
  /** by kind and currency; two currencies are never in one sum */
  costs: as('cost', list(group({ kind: code, currency: code, amount: decimal, lines: integer }))),
  sources: as(
    'source',
    list(
      group({
        source: text,
        /** the day of the last file of this source */
        received: day,
        /** the first of the months (`YYYY-MM`) that are not complete yet */
        notCompleteFrom: optional(text),
      }),
    ),
  ),
  /** the lines themselves, newest first, also those of this month */
  records: as('line', list(record<ExplanationOfBenefit>('ExplanationOfBenefit'))),
})

export type Activity = In<typeof activityParameters>
