import {
  as,
  day,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import { amount, oneWord, percent, termsGroup } from './contract-terms.ts'

export const verdicts = ['better', 'same', 'worse', 'unknown'] as const
export type MeasureVerdict = (typeof verdicts)[number]

/** A year’s figures. */
const figuresGroup = group({
  /** a day of the year: it chooses the phase */
  on: day,
  people: optional(integer),
  /** the updated benchmark, if the agreement does not say how the budget is worked out */
  budget: optional(amount),
  spent: optional(amount),
  /** 0 to 100 */
  quality: optional(percent),
  standard: optional(oneWord(['met', 'alternative', 'not-met'] as const)),
  /** of the participants, for limits by revenue */
  revenue: optional(amount),
  lowRevenue: yes,
  verdicts: as('verdict', list(group({ measure: text, verdict: oneWord(verdicts) }))),
})

/** The input of `$settle`: an agreement, or the id of one that is kept, and a year’s figures. */
export const settleYearRequest = parameters({
  agreement: optional(text),
  terms: optional(termsGroup),
  figures: figuresGroup,
})
export type YearFigures = In<typeof settleYearRequest>['figures']

/** The result of `$settle`: every line with where it comes from. */
export const settlementParameters = parameters({
  phase: text,
  currency: text,
  gate: wordOf<'open' | 'shut' | 'none'>(),
  lines: as(
    'line',
    list(
      group({
        ...{ code: text, label: text, source: text, unverified: yes },
        ...{ amount: optional(amount), rate: optional(percent), words: optional(text) },
      }),
    ),
  ),
  gets: amount,
  owes: amount,
  /** what goes to the purpose that comes first */
  first: amount,
  parties: as(
    'party',
    list(
      group({
        ...{ organisation: text, name: text, gets: optional(amount), owes: optional(amount) },
      }),
    ),
  ),
})
export type Settlement = In<typeof settlementParameters>
export type SettlementLine = Settlement['lines'][number]
