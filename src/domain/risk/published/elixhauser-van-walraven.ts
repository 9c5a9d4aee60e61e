import { inputsByGroup, weightedParts } from '#domain/risk/coded/coded-groups.ts'
import {
  elixhauserGroupsOf,
  elixhauserOverrules,
  vanWalravenPoints,
} from '#domain/risk/coded/elixhauser-groups.ts'
import type { CodedCondition } from '#domain/risk/evidence.ts'
import type { PublishedScore } from './published-score.ts'
import { scoreOfConditions } from './score-of-conditions.ts'

const about = {
  version: 'van Walraven 2009 points, ICD-10 groups of Quan 2005',
  source: 'doi 10.1097/MLR.0b013e31819432e5',
}

/** Elixhauser groups of the record with the points of van Walraven 2009; below zero is possible. */
export const elixhauserVanWalraven = (conditions: readonly CodedCondition[]): PublishedScore =>
  scoreOfConditions(conditions, about, (counted) =>
    weightedParts({
      found: inputsByGroup(counted, elixhauserGroupsOf),
      ...{ points: vanWalravenPoints, overrules: elixhauserOverrules },
    }),
  )
