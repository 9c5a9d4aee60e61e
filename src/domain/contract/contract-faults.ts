import { isWholeDay } from '#domain/calendar/days.ts'
import { contractBudget, peopleInBudget } from './contract-budget.ts'
import type { ContractPhase, ContractTerms } from './contract-terms.ts'
import { whole } from './part-of.ts'
import { phaseOn } from './settle.ts'
import type { YearFigures } from './settle-parameters.ts'
import { fewestInTable } from './size-table.ts'

type Check = readonly [isFault: boolean, words: string]

const firstOf = (checks: readonly Check[]): string | undefined =>
  checks.find(([isFault]) => isFault)?.[1]

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0)
const isRate = (rate: number | undefined) => rate === undefined || (rate >= 0 && rate <= whole)

/** What is wrong with the terms of an agreement, in words; undefined: nothing. */
export function termsFault(terms: ContractTerms): string | undefined {
  return (
    firstOf(headingChecks(terms)) ??
    partiesFault(terms) ??
    phasesFault(terms) ??
    firstOf(budgetChecks(terms)) ??
    firstOf(gateChecks(terms))
  )
}

const headingChecks = ({ title, currency, startsOn, endsOn, first, settings }: ContractTerms) =>
  [
    [title.trim() === '', 'Give the agreement a name'],
    [!/^[A-Z]{3}$/.test(currency), 'Say the currency in three letters, such as GBP'],
    [!isWholeDay(startsOn) || !isWholeDay(endsOn), 'Say from which day until which day it holds'],
    [startsOn >= endsOn, 'The agreement ends before it starts'],
    [!isRate(first?.rate), 'What is taken first is between 0 and 100%'],
    [settings.some(({ plan }) => plan < 0), 'The plan of a setting cannot be negative'],
    [hasTwice(settings.map(({ code }) => code)), 'Two settings have the same code'],
  ] satisfies readonly Check[]

const hasTwice = (words: readonly string[]) => new Set(words).size < words.length

/** More could not be read on one page, and every one of them must say yes. */
const mostParties = 20

function partiesFault({ parties, phases }: ContractTerms): string | undefined {
  const shares = parties.map(({ share }) => share)
  const lossShares = parties.map(({ share, lossShare }) => lossShare ?? share)
  const hasLosses = phases.some(({ losses }) => losses)
  return firstOf([
    [parties.length < 2, 'An agreement has at least two parties'],
    [parties.length > mostParties, `An agreement has ${mostParties} parties at most`],
    [parties.some(({ name }) => name.trim() === ''), 'Each party has a name'],
    [parties.some((each) => each.organisation === ''), 'Each party says which organisation it is'],
    [hasTwice(parties.map((each) => each.organisation)), 'The same organisation is a party twice'],
    [!shares.every(isRate) || !lossShares.every(isRate), 'A share is between 0 and 100%'],
    [!isWhole(shares), `The shares must add up to 100%. They add up to ${inHundred(shares)}%`],
    [
      hasLosses && !isWhole(lossShares),
      `The shares of losses must add up to 100%. They add up to ${inHundred(lossShares)}%`,
    ],
    [parties.some(({ contribution = 0 }) => contribution < 0), 'A contribution cannot be negative'],
  ])
}

type Shares = readonly (number | undefined)[]
const totalOf = (shares: Shares) => sum(shares.map((share) => share ?? 0))
const isWhole = (shares: Shares) => totalOf(shares) === whole
const inHundred = (shares: Shares) => totalOf(shares) / 10_000

function phasesFault({ phases, startsOn, endsOn }: ContractTerms): string | undefined {
  const faults = phases.flatMap((phase, at) => {
    const fault = phaseFault(phase, phases[at - 1])
    return fault ? [fault] : []
  })
  return (
    firstOf([[phases.length === 0, 'Say what is shared: an agreement has at least one phase']]) ??
    faults[0] ??
    firstOf([
      [
        phases.some(({ from, until }) => from < startsOn || until > endsOn),
        'A phase lies outside the time of the agreement',
      ],
    ])
  )
}

function phaseFault(phase: ContractPhase, before: ContractPhase | undefined): string | undefined {
  const { name, from, until, savings, losses, bonus } = phase
  const rates = [savings.rate, savings.cap, savings.threshold.rate, bonus]
  const lossRates = [losses?.rate, losses?.limit, losses?.revenueLimit, losses?.threshold.rate]
  return firstOf([
    [name.trim() === '', 'Give each phase a name'],
    [!isWholeDay(from) || !isWholeDay(until), `Say from which day until which day “${name}” holds`],
    [from >= until, `The phase “${name}” ends before it starts`],
    [before !== undefined && from <= before.until, 'The phases must follow one another'],
    [![...rates, ...lossRates].every(isRate), `A rate of “${name}” is not between 0 and 100%`],
  ])
}

const kindsOfBudget = (terms: ContractTerms) => terms.budget.kind !== 'given'

const budgetChecks = (terms: ContractTerms) =>
  [
    [terms.budget.bands.some(({ people }) => people < 0), 'The number of people is negative'],
    [terms.budget.bands.some(({ weight }) => weight < 0), 'A weight cannot be negative'],
    [(terms.budget.perHead ?? 0) < 0, 'The amount for each person cannot be negative'],
    [
      kindsOfBudget(terms) && !(contractBudget(terms) ?? 0),
      'The budget is missing: say what it is worked out from',
    ],
  ] satisfies readonly Check[]

const gateChecks = ({ gate, measures }: ContractTerms) =>
  [
    [
      gate.kind === 'verdicts' && measures.length === 0,
      'The gate asks for measures, and none is agreed',
    ],
    [
      gate.kind === 'verdicts' && (gate.better ?? 0) > measures.length,
      'The gate asks for more measures than are agreed',
    ],
    [(gate.better ?? 0) < 0 || (gate.worse ?? 0) < 0, 'The gate asks for a negative number'],
    [hasTwice(measures.map(({ code }) => code)), 'Two measures have the same code'],
    [!isRate(gate.least), 'The least quality is between 0 and 100'],
  ] satisfies readonly Check[]

/** What is wrong with a year’s figures under these terms, in words; undefined: nothing. */
export function figuresFault(terms: ContractTerms, figures: YearFigures): string | undefined {
  const phase = phaseOn(terms, figures.on)
  return (
    firstOf(amountChecks(terms, figures)) ??
    firstOf([
      [!isWholeDay(figures.on), 'Say a day of the year that is settled'],
      [phase === undefined, 'No phase of the agreement holds on this day'],
    ]) ??
    (phase && firstOf(phaseChecks(terms, figures, phase)))
  )
}

const amountChecks = (
  terms: ContractTerms,
  { people, spent, quality, revenue, ...rest }: YearFigures,
) =>
  [
    [people !== undefined && people < 0, 'The number of people is negative'],
    [(spent ?? 0) < 0, 'What was spent is negative'],
    [!isRate(quality), 'Quality is between 0 and 100: it is a share of 1, sent in hundredths'],
    [(revenue ?? 0) < 0, 'The revenue is negative'],
    [
      contractBudget(terms) === undefined && !((rest.budget ?? 0) > 0),
      'The benchmark is missing: say the budget of the year',
    ],
    [spent === undefined, 'Say what was spent'],
  ] satisfies readonly Check[]

function phaseChecks(terms: ContractTerms, figures: YearFigures, phase: ContractPhase) {
  const { savings, losses, bonus } = phase
  const people = figures.people ?? peopleInBudget(terms)
  const byTable = [savings.threshold, losses?.threshold].some((each) => each?.kind === 'size-table')
  const usesQuality = bonus !== undefined || losses?.byQuality || terms.gate.kind === 'score'
  const isAlternative = terms.gate.kind === 'standard' && figures.standard === 'alternative'
  return [
    [byTable && people === undefined, 'Say how many people: the least savings depend on it'],
    [
      byTable && (people ?? 0) < fewestInTable,
      `With fewer than ${fewestInTable} people there is no least savings rate, and no settlement`,
    ],
    [
      (usesQuality || isAlternative) && figures.quality === undefined,
      'Say the quality score: the settlement depends on it',
    ],
    [
      terms.gate.kind === 'standard' && figures.standard === undefined,
      'Say whether the quality standard is met, the alternative standard, or neither',
    ],
  ] satisfies readonly Check[]
}
