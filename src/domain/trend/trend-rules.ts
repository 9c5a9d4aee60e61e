import type { ReadingKind } from '#domain/reading/reading.ts'

/** What a rule looks at. Percentages and amounts in the unit of the kind; days are those of the service. */
export type TrendShape =
  /** up by this much or more from the lowest of the days before */
  | Readonly<{ is: 'up'; by: number; days: number }>
  /** down by this share or more from the highest of the days before */
  | Readonly<{ is: 'down-share'; by: number; days: number }>
  /** this many in a row, each below a share of the best of the days before */
  | Readonly<{ is: 'low-in-a-row'; by: number; share: number; days: number }>
  /** the mean of the last `count` readings is this much or more above that of the `count` before, all within the days */
  | Readonly<{ is: 'mean-up'; by: number; count: number; days: number }>

export const trendRuleCodes = [
  'weight-up',
  'weight-falling',
  'peak-flow-low',
  'blood-pressure-rising',
] as const
export type TrendRuleCode = (typeof trendRuleCodes)[number]

/** Whose number it is: `published`, as far as named in `source`; `own`: our own choice, with no published rule. */
export type TrendRule = Readonly<{
  code: TrendRuleCode
  version: string
  kind: ReadingKind
  shape: TrendShape
  basis: 'published' | 'own'
  /** where the numbers are from, for the page and for whoever signs them off */
  source: string
}>

/**
 * Every version that was ever in force: an alert names its version, and is worked out again by it. A new version is added at
 * the end of its rule, and none is changed. None of the sources was checked by a clinician here.
 * @unverified trend-rules
 */
export const trendRules: readonly TrendRule[] = [
  {
    ...{ code: 'weight-up', version: '1', kind: 'weight', basis: 'published' },
    shape: { is: 'up', by: 2, days: 3 },
    source:
      'ESC heart failure guidelines 2021, advice on self-care: a sudden gain of more than 2 kg in 3 days. We count exactly 2 kg too',
  },
  {
    ...{ code: 'weight-falling', version: '1', kind: 'weight', basis: 'published' },
    shape: { is: 'down-share', by: 5, days: 183 },
    source:
      'BAPEN, Malnutrition Universal Screening Tool (MUST), step 2: 5 % or more in 3 to 6 months. We look at all of the 6 months, and do not know whether it was meant',
  },
  {
    ...{ code: 'peak-flow-low', version: '1', kind: 'peak-flow', basis: 'own' },
    shape: { is: 'low-in-a-row', by: 3, share: 80, days: 731 },
    source:
      'Our own rule: 80 % of the best of two years is the usual line of an asthma action plan; three in a row is our choice',
  },
  {
    ...{ code: 'blood-pressure-rising', version: '1', kind: 'blood-pressure', basis: 'own' },
    shape: { is: 'mean-up', by: 20, count: 3, days: 28 },
    source:
      'Our own rule: the upper number of three readings is on average 20 mmHg above that of the three before',
  },
]

/** This version of a rule; undefined if there never was one. */
export const trendRuleOf = (code: string, version: string): TrendRule | undefined =>
  trendRules.find((each) => each.code === code && each.version === version)

/** The version that is agreed from now on. */
export const currentTrendRule = (code: TrendRuleCode): TrendRule | undefined =>
  trendRules.findLast((each) => each.code === code)
