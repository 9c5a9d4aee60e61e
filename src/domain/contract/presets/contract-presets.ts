import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import { msspPreset, msspTracks } from './mssp-preset.ts'
import { alternativeQualityContract, pooledBudget, sharedCostGrowth } from './pooled-budget.ts'

/** What an agreement can begin from, by the id of the preset. */
export const contractPresets: readonly ContractTerms[] = [
  pooledBudget,
  ...msspTracks.map((track) => msspPreset(track)),
  alternativeQualityContract,
  sharedCostGrowth,
]

export const presetOf = (id: string): ContractTerms | undefined =>
  contractPresets.find(({ preset }) => preset === id)
