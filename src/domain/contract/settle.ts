import { contractBudget, peopleInBudget } from './contract-budget.ts'
import { contractGate, type GateAnswer } from './contract-gate.ts'
import type { ContractPhase, ContractTerms, RuleName } from './contract-terms.ts'
import { partOf, rateIn, rateOf, reaches, splitBy, whole } from './part-of.ts'
import type { Settlement, SettlementLine, YearFigures } from './settle-parameters.ts'
import { minimumRateFor } from './size-table.ts'

type Losses = NonNullable<ContractPhase['losses']>
type Said = Omit<SettlementLine, 'source' | 'unverified'> & Readonly<{ rule: RuleName }>

/** What every step of a settlement reads. */
type Year = Readonly<{
  terms: ContractTerms
  figures: YearFigures
  phase: ContractPhase
  people: number
  budget: number
  /** below the budget if positive */
  difference: number
  gate: GateAnswer
}>

type Result = Readonly<{ amount: number; lines: readonly Said[] }>

const nothing: Result = { amount: 0, lines: [] }

/** The phase of a day: the last one that has begun. */
export const phaseOn = (terms: ContractTerms, day: string): ContractPhase | undefined =>
  terms.phases.find(({ from, until }) => day >= from && day <= until)

/**
 * The settlement of a year, line by line. The figures must have been checked (`figuresFault`). Once a result reaches its
 * threshold the share counts from the first pound.
 */
export function settle(terms: ContractTerms, figures: YearFigures): Settlement {
  const year = yearOf(terms, figures)
  const gained = gain(year)
  const bonus = bonusOf(year)
  const lost = loss(year)
  const gets = gained.amount + bonus.amount
  const first = terms.first ? partOf(gets, terms.first.rate) : 0
  const said: readonly Said[] = [
    ...heading(year),
    ...gained.lines,
    ...bonus.lines,
    ...lost.lines,
    line('share', 'gets', 'All partners together get', { amount: gets }),
    line('loss', 'owes', 'All partners together owe', { amount: lost.amount }),
    ...(terms.first
      ? [
          line('first', 'first', `First, ${terms.first.to}`, {
            amount: first,
            rate: terms.first.rate,
          }),
        ]
      : []),
  ]
  return {
    ...{ phase: year.phase.name, currency: terms.currency, gate: year.gate.state },
    lines: said.map((each) => withSource(terms, each)),
    ...{ gets, owes: lost.amount, first },
    parties: byParty(terms, gets - first, lost.amount),
  }
}

function yearOf(terms: ContractTerms, figures: YearFigures): Year {
  const phase = phaseOn(terms, figures.on)
  if (!phase) throw new Error('no phase of the agreement holds this day')
  const budget = contractBudget(terms) ?? figures.budget ?? 0
  return {
    ...{ terms, figures, phase, budget, difference: budget - (figures.spent ?? 0) },
    people: figures.people ?? peopleInBudget(terms) ?? 0,
    gate: contractGate(terms, figures),
  }
}

const line = (
  rule: RuleName,
  code: string,
  label: string,
  rest: Pick<SettlementLine, 'amount' | 'rate' | 'words'> = {},
): Said => ({ rule, code, label, ...rest })

function withSource({ sources }: ContractTerms, { rule, ...rest }: Said): SettlementLine {
  const found = sources.find((each) => each.rule === rule)
  return {
    ...rest,
    source: found?.words ?? 'The terms of this agreement',
    unverified: found?.unverified ?? false,
  }
}

function heading({ budget, figures, difference, gate }: Year): readonly Said[] {
  return [
    line('budget', 'budget', 'Budget of the year', { amount: budget }),
    line('budget', 'spent', 'Spent', { amount: figures.spent ?? 0 }),
    line('budget', 'difference', difference < 0 ? 'Spent above the budget' : 'Left of the budget', {
      ...{ amount: Math.abs(difference), rate: rateIn(Math.abs(difference), budget) },
    }),
    line('gate', 'gate', gate.state === 'shut' ? 'The quality gate is shut' : 'The quality gate', {
      ...{ words: gate.words, rate: gate.factor },
    }),
  ]
}

type Threshold = ContractPhase['savings']['threshold']

const thresholdRate = ({ kind, rate = 0 }: Threshold, people: number): number =>
  kind === 'flat' ? rate : (minimumRateFor(people) ?? whole)

/** What is gained by spending less. */
function gain(year: Year): Result {
  const { phase, people, budget, difference, gate } = year
  if (difference <= 0) return nothing
  const { threshold, rate, cap } = phase.savings
  const least = thresholdRate(threshold, people)
  const isReached = reaches(difference, budget, least)
  const agreed = rateOf(rate, gate.factor)
  const counted = isReached ? agreed : halfOf(year, agreed)
  const shared = partOf(difference, counted)
  const most = cap === undefined ? shared : partOf(budget, cap)
  return {
    amount: Math.min(shared, most),
    lines: [
      line('threshold', 'least-savings', 'The least savings that count', {
        ...{ rate: least, amount: partOf(budget, least) },
        words: isReached ? 'Reached: the share counts from the first pound' : 'Not reached',
      }),
      line('share', 'sharing-rate', 'The part that partners keep', { rate: counted }),
      line('share', 'shared-savings', 'Savings shared, before the cap', { amount: shared }),
      ...(cap === undefined ? [] : [line('cap', 'cap', 'At most', { amount: most, rate: cap })]),
    ],
  }
}

const fewestForHalf = 5_000

/** 0, or half the rate for participants with low revenue whom the terms allow it. */
function halfOf({ phase, figures, people }: Year, rate: number): number {
  const isAllowed = phase.savings.lowRevenueHalf && figures.lowRevenue && people >= fewestForHalf
  return isAllowed ? Math.round(rate / 2) : 0
}

function bonusOf({ phase, figures, budget }: Year): Result {
  if (phase.bonus === undefined) return nothing
  const rate = rateOf(phase.bonus, figures.quality ?? 0)
  const amount = partOf(budget, rate)
  return { amount, lines: [line('bonus', 'bonus', 'Earned by quality alone', { amount, rate })] }
}

/** What is owed for spending more. */
function loss(year: Year): Result {
  const { phase, people, budget, difference } = year
  const { losses } = phase
  if (difference >= 0) return nothing
  if (!losses)
    return {
      amount: 0,
      lines: [line('loss', 'no-losses', 'In this phase partners owe nothing')],
    }
  const over = -difference
  const least = thresholdRate(losses.threshold, people)
  const isReached = reaches(over, budget, least)
  const rate = isReached ? lossRate(losses, year) : 0
  const shared = partOf(over, rate)
  const limit = limitOf(losses, year)
  return {
    amount: Math.min(shared, limit ?? shared),
    lines: [
      line('threshold', 'least-losses', 'The least losses that count', {
        ...{ rate: least, amount: partOf(budget, least) },
        words: isReached ? 'Reached: the share counts from the first pound' : 'Not reached',
      }),
      line('loss', 'loss-rate', 'The part that partners owe', { rate }),
      line('loss', 'shared-losses', 'Losses shared, before the limit', { amount: shared }),
      ...(limit === undefined ? [] : [line('limit', 'limit', 'At most', { amount: limit })]),
      ...(losses.revenueLimit !== undefined && year.figures.revenue === undefined
        ? [
            line('limit', 'limit', 'The limit by the revenue of the participants', {
              words: 'Not worked out, because their revenue was not said: less may be owed',
            }),
          ]
        : []),
    ],
  }
}

const leastLossRate = 400_000
const mostLossRate = 750_000
const qualityWeight = 750_000

/** ENHANCED: 1 less 0.75 × quality, between 0.40 and 0.75; 0.75 if neither standard is met. */
export function lossRateByQuality(quality: number, isMet: boolean): number {
  if (!isMet) return mostLossRate
  const rate = whole - rateOf(qualityWeight, quality)
  return Math.min(mostLossRate, Math.max(leastLossRate, rate))
}

const lossRate = ({ byQuality, rate }: Losses, { figures, gate }: Year): number =>
  byQuality ? lossRateByQuality(figures.quality ?? 0, gate.state !== 'shut') : rate

/** The lower of the limits that are agreed and known. */
function limitOf({ limit, revenueLimit }: Losses, { budget, figures }: Year): number | undefined {
  const limits = [
    ...(limit === undefined ? [] : [partOf(budget, limit)]),
    ...(revenueLimit === undefined || figures.revenue === undefined
      ? []
      : [partOf(figures.revenue, revenueLimit)]),
  ]
  return limits.length > 0 ? Math.min(...limits) : undefined
}

function byParty({ parties }: ContractTerms, gets: number, owes: number): Settlement['parties'] {
  const share = parties.map((each) => each.share ?? 0)
  const gained = splitBy(gets, share)
  const lost = splitBy(
    owes,
    parties.map(({ lossShare }, at) => lossShare ?? share[at] ?? 0),
  )
  return parties.map(({ organisation, name }, at) => ({
    ...{ organisation, name, gets: gained[at] ?? 0, owes: lost[at] ?? 0 },
  }))
}
