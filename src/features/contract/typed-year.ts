import { contractBudget } from '#domain/contract/contract-budget.ts'
import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import type { MeasureVerdict, YearFigures } from '#domain/contract/settle-parameters.ts'
import { verdicts } from '#domain/contract/settle-parameters.ts'

/** The figures as they were typed. */
export type TypedYear = Readonly<{
  preset: string
  phase: string
  people: string
  budget: string
  over: string
  quality: string
  standard: NonNullable<YearFigures['standard']>
  verdicts: Readonly<Record<string, string>>
}>

export const usualYear: TypedYear = {
  ...{ preset: 'pooled', phase: '0', people: '10000', budget: '10000000', over: '-3' },
  ...{ quality: '80', standard: 'met', verdicts: {} },
}

/** A number as people type it; undefined: none. */
function numberIn(typed: string): number | undefined {
  const plain = typed.replaceAll('−', '-').replace(/[\s,%£$]/g, '')
  return plain === '' || !Number.isFinite(Number(plain)) ? undefined : Number(plain)
}

/** The budget that the spending is compared with, in whole pence. */
export const budgetOf = (terms: ContractTerms, typed: TypedYear): number =>
  contractBudget(terms) ?? Math.round((numberIn(typed.budget) ?? 0) * 100)

/** The figures of the year; what is not a number is left out, and the service says what is missing. */
export function yearFrom(terms: ContractTerms, typed: TypedYear): YearFigures {
  const budget = budgetOf(terms, typed)
  const [people, over, quality] = [typed.people, typed.over, typed.quality].map(numberIn)
  return {
    on: terms.phases[Number(typed.phase)]?.from ?? terms.startsOn,
    ...(people === undefined ? {} : { people: Math.round(people) }),
    ...{ budget, standard: typed.standard, lowRevenue: false },
    ...(over === undefined ? {} : { spent: Math.round((budget * (100 + over)) / 100) }),
    ...(quality === undefined ? {} : { quality: Math.round(quality * 10_000) }),
    verdicts: terms.measures.map(({ code }) => ({
      measure: code,
      verdict: verdictOf(typed.verdicts[code]),
    })),
  }
}

const verdictOf = (said: string | undefined): MeasureVerdict =>
  verdicts.find((each) => each === said) ?? 'unknown'
