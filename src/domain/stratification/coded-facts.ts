import { snomedSystem } from '#domain/fhir/codes.ts'
import { type CharlsonGroup, groupsOfIcd10 } from '#domain/risk/charlson-groups.ts'
import { conditionCode } from '#domain/risk/condition-codes.ts'
import type { Deficit } from '#domain/risk/deficits.ts'
import { deficitsOfIcd10 } from '#domain/risk/deficits-icd10.ts'
import { type CodedCondition, isIcd10 } from '#domain/risk/evidence.ts'

/** What a set of conditions says, whatever code system they were written in. */
export type CodedFacts = Readonly<{
  deficits: ReadonlySet<Deficit>
  groups: ReadonlySet<CharlsonGroup>
  /** SNOMED CT concepts */
  snomed: readonly string[]
  /** ICD-10 codes in capitals without punctuation */
  icd10: readonly string[]
}>

/** Conditions that count: not refuted, not over. */
export function codedFacts(conditions: readonly CodedCondition[]): CodedFacts {
  const deficits = new Set<Deficit>()
  const groups = new Set<CharlsonGroup>()
  const snomed: string[] = []
  const icd10: string[] = []
  for (const { system, code } of conditions.filter((each) => !each.left).flatMap(codingsOf)) {
    const found = factsOf(system, code)
    for (const each of found.deficits) deficits.add(each)
    for (const each of found.groups) groups.add(each)
    if (system === snomedSystem) snomed.push(code)
    if (isIcd10(system)) icd10.push(plainIcd10(code))
  }
  return { deficits, groups, snomed, icd10 }
}

/** One of these SNOMED CT concepts, or an ICD-10 code that begins with one of these letters and digits. */
export const hasCode = (
  facts: Pick<CodedFacts, 'snomed' | 'icd10'>,
  { snomed = [], icd10 = [] }: CodeList,
): boolean =>
  facts.snomed.some((code) => snomed.includes(code)) ||
  facts.icd10.some((code) => icd10.some((start) => code.startsWith(start)))

export type CodeList = Readonly<{ snomed?: readonly string[]; icd10?: readonly string[] }>

const codingsOf = ({ codings }: CodedCondition) => codings

const plainIcd10 = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** Codes of other systems are not read: the same letters mean something else there. */
function factsOf(system: string, code: string) {
  if (isIcd10(system)) return ofIcd10(code)
  return system === snomedSystem ? ofSnomed(code) : { deficits: [], groups: [] }
}

const ofIcd10 = (code: string) => ({ deficits: deficitsOfIcd10(code), groups: groupsOfIcd10(code) })

function ofSnomed(code: string) {
  const row = conditionCode(code)
  return {
    deficits: row?.deficit ? [row.deficit] : [],
    groups: row?.charlson ? [row.charlson] : [],
  }
}
