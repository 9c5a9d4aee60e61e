import {
  as,
  code,
  day,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import type { FrailtyBand } from './frailty.ts'
import type { HistoryGap } from './score-history.ts'

/** The result of `$score-history`: a point for each day, or why there is none. */
export const scoreHistoryParameters = parameters({
  points: as(
    'point',
    list(
      group({
        day,
        gap: optional(wordOf<HistoryGap>()),
        frailty: optional(integer),
        band: optional(wordOf<FrailtyBand>()),
        unread: optional(integer),
        charlson: optional(integer),
        /** of 100 people like this one, as it is counted today; absent: too few, or not comparable */
        chance: optional(integer),
        /** why there is no chance: no age or unreadable codes, or too few people like this one */
        noChance: optional(wordOf<'not-comparable' | 'too-few'>()),
        deficits: as('deficit', list(code)),
      }),
    ),
  ),
  /** a worse band, or two deficits more, than two years before */
  frailer: yes,
  flags: as('flag', list(wordOf<NeedFlag>())),
})

export type ShownPoint = In<typeof scoreHistoryParameters>['points'][number]
