import type { ContractTerms } from './contract-terms.ts'
import { partOf, whole } from './part-of.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0)

/** The budget of a year by the terms; undefined if it is given with the figures, or cannot be worked out. */
export function contractBudget({ budget, parties }: ContractTerms): number | undefined {
  const { kind, perHead, bands, lastYear, growth } = budget
  if (kind === 'pooled') {
    const known = parties.flatMap(({ contribution }) => contribution ?? [])
    return known.length === parties.length && known.length > 0 ? sum(known) : undefined
  }
  if (kind === 'weighted') {
    if (perHead === undefined || bands.length === 0) return undefined
    return sum(bands.map(({ people, weight }) => partOf(perHead * people, weight)))
  }
  if (kind === 'growth' && lastYear !== undefined && growth !== undefined)
    return partOf(lastYear, whole + growth)
  return undefined
}

/** How many people the budget is for, if it says so. */
export const peopleInBudget = ({ budget }: Pick<ContractTerms, 'budget'>): number | undefined =>
  budget.bands.length > 0 ? sum(budget.bands.map(({ people }) => people)) : undefined
