import type { ContractTerms, RuleName } from '#domain/contract/contract-terms.ts'

const source = (rule: RuleName, words: string, unverified = false) => ({ rule, words, unverified })
const everyYear = { startsOn: '2026-04-01', endsOn: '2031-03-31' } as const

/**
 * The Alternative Quality Contract of Blue Cross Blue Shield of Massachusetts (Chernew, Health Affairs 2011;30:51–61): a
 * global budget and a bonus for quality. The rates of each group are not published: these are examples.
 */
export const alternativeQualityContract: ContractTerms = {
  ...{ title: 'Alternative Quality Contract', place: '', preset: 'aqc', currency: 'USD' },
  ...everyYear,
  population: 'Members of the insurer whose doctor belongs to the group',
  attribution: 'The primary care doctor whom the member chose',
  parties: [
    {
      ...{ organisation: 'group', name: 'Physicians’ group', role: 'multi-specialty-group' },
      share: 700_000,
    },
    {
      ...{ organisation: 'hospital', name: 'Hospital', share: 300_000 },
      role: 'physician-hospital-organisation',
    },
  ],
  ...{ budget: { kind: 'given', bands: [] }, settings: [], measures: [], shows: 'all' },
  phases: [
    {
      ...{ name: 'Global budget with quality', from: '2026-04-01', until: '2031-03-31' },
      savings: { threshold: { kind: 'flat', rate: 0 }, rate: 500_000, lowRevenueHalf: false },
      losses: { threshold: { kind: 'flat', rate: 0 }, rate: 500_000, byQuality: false },
      bonus: 100_000,
    },
  ],
  gate: { kind: 'none', whenShut: '' },
  sources: [
    source('budget', 'Global budget for all care, set for five years (Chernew 2011)'),
    source('share', 'Surplus is shared; half is our example', true),
    source('loss', 'Deficit is shared; half is our example', true),
    source(
      'bonus',
      'Up to 10% of the budget for quality (Song, NEJM 2011, from memory); in proportion to the score is ours',
      true,
    ),
    source('threshold', 'None is published; none here', true),
    source('parties', 'Between the group and its hospital: our example', true),
  ],
}

/**
 * As in Sacramento from 2010: insurer, hospitals and physicians promise a ceiling on cost, watch one set of figures, and
 * share what is left or missing (AHRQ Innovations Exchange, profile 3831). Ceiling and shares are examples.
 */
export const sharedCostGrowth: ContractTerms = {
  ...{ title: 'Shared cap on cost growth', place: '', preset: 'cost-growth', currency: 'USD' },
  ...everyYear,
  population: 'About 41,000 members of one purchaser, in one insurer’s plan',
  attribution: 'Members of the plan whose doctor belongs to the physicians’ association',
  parties: [
    {
      ...{ organisation: 'insurer', name: 'Insurer', share: 334_000 },
      role: 'virtual-network',
    },
    {
      ...{ organisation: 'hospitals', name: 'Hospitals', share: 333_000 },
      role: 'physician-hospital-organisation',
    },
    {
      ...{ organisation: 'physicians', name: 'Physicians’ association', share: 333_000 },
      role: 'practice-association',
    },
  ],
  budget: { kind: 'growth', bands: [], lastYear: 10_000_000_000, growth: 0 },
  ...{ settings: [], measures: [], shows: 'all' },
  phases: [
    {
      ...{ name: 'Shared risk', from: '2026-04-01', until: '2031-03-31' },
      savings: { threshold: { kind: 'flat', rate: 0 }, rate: 1_000_000, lowRevenueHalf: false },
      losses: { threshold: { kind: 'flat', rate: 0 }, rate: 1_000_000, byQuality: false },
    },
  ],
  gate: { kind: 'none', whenShut: '' },
  sources: [
    source(
      'budget',
      'Last year’s cost and no growth, as in 2010 (Health Affairs blog, 15 May 2012)',
    ),
    source('share', 'The partners share what is left below the ceiling (AHRQ profile 3831)'),
    source('loss', 'And what is missing (AHRQ profile 3831)'),
    source('threshold', 'None is published; none here', true),
    source(
      'parties',
      'By how much each influences cost, in five categories (AHRQ profile 3831); equal parts are our example',
      true,
    ),
  ],
}

/** A pooled budget, as in the Better Care Fund, with risk shared by local terms. Every number is an example. */
export const pooledBudget: ContractTerms = {
  ...{ title: 'Pooled budget with shared risk', place: '', preset: 'pooled', currency: 'GBP' },
  ...everyYear,
  population: 'People aged 65 and over who live in the place',
  attribution: 'Registered with one of the practices',
  parties: [
    {
      ...{ organisation: 'practices', name: 'Practices', role: 'alliance' },
      ...{ share: 400_000, contribution: 400_000_000 },
    },
    {
      ...{ organisation: 'council', name: 'Council', role: 'alliance' },
      ...{ share: 300_000, contribution: 300_000_000 },
    },
    {
      ...{ organisation: 'hospital', name: 'Hospital', role: 'alliance' },
      ...{ share: 300_000, contribution: 300_000_000 },
    },
  ],
  budget: { kind: 'pooled', bands: [] },
  ...{ settings: [], shows: 'all' },
  measures: [
    { code: 'live-as-wanted', name: 'People can live the way they want', target: '' },
    { code: 'promises-kept', name: 'Promises are kept', target: '' },
    { code: 'carers-worn-out', name: 'Carers are worn out', target: '' },
  ],
  phases: [
    {
      ...{ name: 'Savings only', from: '2026-04-01', until: '2028-03-31' },
      savings: {
        ...{ threshold: { kind: 'flat', rate: 20_000 }, rate: 500_000, cap: 30_000 },
        lowRevenueHalf: false,
      },
    },
    {
      ...{ name: 'Savings and losses', from: '2028-04-01', until: '2031-03-31' },
      savings: {
        ...{ threshold: { kind: 'flat', rate: 20_000 }, rate: 600_000, cap: 40_000 },
        lowRevenueHalf: false,
      },
      losses: {
        ...{ threshold: { kind: 'flat', rate: 20_000 }, rate: 400_000, limit: 15_000 },
        byQuality: false,
      },
    },
  ],
  gate: {
    ...{ kind: 'verdicts', better: 2, worse: 0 },
    whenShut: 'What would have been shared goes to breaks for carers',
  },
  first: { rate: 100_000, to: 'needs that nobody can meet yet' },
  sources: [
    source('budget', 'Local terms: the contributions together'),
    source('threshold', 'Local terms: 2% either way is too small to count'),
    source('gate', 'Local terms: two measures better and none worse'),
    source('share', 'Local terms'),
    source('cap', 'Local terms'),
    source('loss', 'Local terms: from the second phase'),
    source('limit', 'Local terms'),
    source('first', 'Local terms: the first tenth'),
    source('parties', 'Local terms'),
  ],
}
