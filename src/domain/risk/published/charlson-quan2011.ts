import { type CharlsonGroup, groupsOfIcd10, overrules } from '#domain/risk/charlson-groups.ts'
import { inputsByGroup, weightedParts } from '#domain/risk/coded/coded-groups.ts'
import type { CodedCondition } from '#domain/risk/evidence.ts'
import type { PublishedScore } from './published-score.ts'
import { scoreOfConditions } from './score-of-conditions.ts'

/** Weights of Quan 2011 (Am J Epidemiol 173:676), newly estimated on deaths within a year of discharge; no age. */
const quan2011: Readonly<Record<CharlsonGroup, number>> = {
  ...{ mi: 0, chf: 2, pvd: 0, cevd: 0, dementia: 2, cpd: 1, rheumd: 1, pud: 0, mld: 2, diab: 0 },
  ...{ diabwc: 1, hp: 2, rend: 1, canc: 2, msld: 4, metacanc: 6, aids: 4 },
}

const about = {
  version: 'Quan 2011 weights, ICD-10 groups of Quan 2005',
  source: 'doi 10.1093/aje/kwq433',
}

/** Charlson groups of the record with the weights of 2011. */
export const charlsonQuan2011 = (conditions: readonly CodedCondition[]): PublishedScore =>
  scoreOfConditions(conditions, about, (counted) =>
    weightedParts({
      found: inputsByGroup(counted, groupsOfIcd10),
      ...{ points: quan2011, overrules },
    }),
  )
