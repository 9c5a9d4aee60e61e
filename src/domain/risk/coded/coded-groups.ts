import { snomedSystem } from '#domain/fhir/codes.ts'
import { type CodedCondition, inputOf, isIcd10, type ScoreInput } from '#domain/risk/evidence.ts'
import type { PublishedPart } from '#domain/risk/published/published-score.ts'
import { icd10OfSnomed } from './icd10-of-snomed.ts'
import { plainIcd10 } from './icd10-prefixes.ts'

/** The ICD-10 codes of a condition, each with the code that was recorded; SNOMED CT by our own mapping. */
function icd10CodesOf({
  codings,
}: CodedCondition): readonly Readonly<{ icd10: string; code: string }>[] {
  return codings.flatMap(({ system, code }) => {
    if (isIcd10(system)) return [{ icd10: plainIcd10(code), code }]
    const icd10 = system === snomedSystem ? icd10OfSnomed.get(code) : undefined
    return icd10 ? [{ icd10, code }] : []
  })
}

/** Conditions that no score in ICD-10 can read. */
export const unreadIn = (conditions: readonly CodedCondition[]): number =>
  conditions.filter((each) => icd10CodesOf(each).length === 0).length

/** The records that show each group, in the order in which they were found. */
export function inputsByGroup<G extends string>(
  conditions: readonly CodedCondition[],
  groupsOf: (icd10: string) => readonly G[],
): ReadonlyMap<G, readonly ScoreInput[]> {
  const found = new Map<G, ScoreInput[]>()
  for (const condition of conditions)
    for (const [group, code] of firstCodes(condition, groupsOf))
      found.set(group, [...(found.get(group) ?? []), inputOf(condition, code)])
  return found
}

/** The groups of a condition, each with the first recorded code that gives it. */
function firstCodes<G extends string>(
  condition: CodedCondition,
  groupsOf: (icd10: string) => readonly G[],
): ReadonlyMap<G, string> {
  const pairs = icd10CodesOf(condition).flatMap(({ icd10, code }) =>
    groupsOf(icd10).map((group) => [group, code] as const),
  )
  return new Map(pairs.toReversed())
}

type Weighted<G extends string> = Readonly<{
  found: ReadonlyMap<G, readonly ScoreInput[]>
  points: Readonly<Partial<Record<G, number>>>
  overrules?: readonly (readonly [graver: G, milder: G])[]
}>

/** The points of each group that was found; a milder form gives none beside the graver one. */
export function weightedParts<G extends string>({
  found,
  points,
  overrules = [],
}: Weighted<G>): readonly PublishedPart[] {
  return [...found].map(([group, inputs]) => {
    const graver = overrules.find(([strong, weak]) => weak === group && found.has(strong))?.[0]
    return {
      ...{ code: group, points: graver ? 0 : (points[group] ?? 0), inputs },
      ...(graver ? { overruledBy: graver } : {}),
    }
  })
}
