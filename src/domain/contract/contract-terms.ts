import {
  as,
  day,
  decimal,
  group,
  type In,
  integer,
  list,
  mapped,
  must,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'

/** One of these words; every other is refused. */
export const oneWord = <T extends string>(words: readonly T[]) =>
  must(wordOf<T>(), (word) => words.includes(word), `must be one of ${words.join(', ')}`)

const isTo = (digits: number) => (value: number) =>
  Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) < 1e-4

/** In the currency of the agreement on the wire, in whole pence in the program. */
export const amount = mapped(
  must(decimal, isTo(2), 'has more than two decimals: an amount is in whole pence'),
  {
    write: (pence: number) => pence / 100,
    read: (said) => Math.round(said * 100),
  },
)

/** In hundredths (2.5 is 2.5%) on the wire, in millionths in the program. */
export const percent = mapped(must(decimal, isTo(4), 'has more than four decimals'), {
  write: (rate: number) => rate / 10_000,
  read: (said) => Math.round(said * 10_000),
})

/** How a partner is organised: the five American kinds, and three English ones. */
const partyRoles = [
  'integrated-system',
  'multi-specialty-group',
  'physician-hospital-organisation',
  'practice-association',
  'virtual-network',
  'accountable-care-system',
  'alliance',
  'prime-provider',
  'partner',
] as const
export type PartyRole = (typeof partyRoles)[number]

const party = group({
  /** id of the Organization; a name of one’s own in an agreement that is only worked out */
  organisation: text,
  name: text,
  role: oneWord(partyRoles),
  /** of what is gained; absent: it is not shown to this reader */
  share: optional(percent),
  /** of what is owed; absent: the same share */
  lossShare: optional(percent),
  /** to a pooled budget */
  contribution: optional(amount),
})

const thresholdKinds = ['size-table', 'flat'] as const
const threshold = group({ kind: oneWord(thresholdKinds), rate: optional(percent) })

const phase = group({
  name: text,
  from: day,
  until: day,
  savings: group({
    threshold,
    rate: percent,
    /** the most that is paid, of the budget */
    cap: optional(percent),
    /** a participant with low revenue that misses the threshold gets half the rate */
    lowRevenueHalf: yes,
  }),
  losses: optional(
    group({
      threshold,
      rate: percent,
      /** 1 less three quarters of quality, between 40% and 75% */
      byQuality: yes,
      /** the most that is owed, of the budget */
      limit: optional(percent),
      /** and of the participants’ revenue, if it is known */
      revenueLimit: optional(percent),
    }),
  ),
  /** the most that quality alone earns, of the budget */
  bonus: optional(percent),
})

const budgetKinds = ['given', 'weighted', 'pooled', 'growth'] as const
const budget = group({
  kind: oneWord(budgetKinds),
  /** for each person a year, before weights */
  perHead: optional(amount),
  bands: as('band', list(group({ name: text, people: integer, weight: percent }))),
  lastYear: optional(amount),
  /** the most that cost may grow over last year */
  growth: optional(percent),
})

const gateKinds = ['none', 'standard', 'score', 'verdicts'] as const
const gate = group({
  kind: oneWord(gateKinds),
  /** of `score`: the least quality */
  least: optional(percent),
  /** of `verdicts`: how many must be better, and how many may be worse */
  better: optional(integer),
  worse: optional(integer),
  whenShut: text,
})

const feedKinds = ['emergency-stay', 'planned-stay', 'other-line'] as const
const setting = group({
  code: text,
  name: text,
  /** for a whole year */
  plan: amount,
  /** the lines of activity and cost that are its spending; absent: the partners report it */
  feed: optional(oneWord(feedKinds)),
})

const measure = group({ code: text, name: text, target: text })

/** The rules that a line of the settlement can come from. */
const ruleNames = [
  ...(['budget', 'threshold', 'gate', 'share', 'cap', 'loss', 'limit', 'bonus'] as const),
  ...(['first', 'parties'] as const),
] as const
export type RuleName = (typeof ruleNames)[number]

const shape = {
  ...{ title: text, place: text, preset: text, currency: text },
  ...{ startsOn: day, endsOn: day, population: text, attribution: text },
  parties: as('party', list(party)),
  budget,
  settings: as('setting', list(setting)),
  phases: as('phase', list(phase)),
  gate,
  measures: as('measure', list(measure)),
  /** what is taken from every gain before it is shared */
  first: optional(group({ rate: percent, to: text })),
  /** each rule with its paragraph; `unverified`: not checked against the published text */
  sources: as('source', list(group({ rule: oneWord(ruleNames), words: text, unverified: yes }))),
  /** `own`: a partner is shown what it gets or owes itself, and not what the others do */
  shows: oneWord(['all', 'own'] as const),
}

/** The terms of an agreement between partners, as parts of parameters. */
export const termsGroup = group(shape)
export const termsParameters = parameters(shape)
export type ContractTerms = In<typeof termsParameters>
export type ContractParty = ContractTerms['parties'][number]
export type ContractPhase = ContractTerms['phases'][number]
