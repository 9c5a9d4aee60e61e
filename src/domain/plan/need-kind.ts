import type { CodeableConcept, Condition } from '@medplum/fhirtypes'
import { conditionCategorySystem, gableCodeSystem, snomedSystem } from '#domain/fhir/codes.ts'

/** Health and social needs stand side by side; a strength is what the person can build on. */
export type NeedKind = 'health' | 'social' | 'both' | 'strength'
export const needKinds: readonly NeedKind[] = ['health', 'social', 'both', 'strength']

/** “Strengths” of the NHS England care and support plan, from the value set of its draft FHIR profile. */
const strengths = '1127601000000107'

const codes: Readonly<Record<NeedKind, Readonly<{ system: string; code: string }>>> = {
  health: { system: gableCodeSystem, code: 'need-health' },
  social: { system: gableCodeSystem, code: 'need-social' },
  both: { system: gableCodeSystem, code: 'need-health-and-social' },
  strength: { system: snomedSystem, code: strengths },
}

const hasCode = (concept: CodeableConcept, { system, code }: (typeof codes)[NeedKind]) =>
  concept.coding?.some((each) => each.system === system && each.code === code) ?? false

/** Undefined if nobody said which. */
export const needKindIn = ({ category }: Condition): NeedKind | undefined =>
  needKinds.find((kind) => category?.some((each) => hasCode(each, codes[kind])))

/** The categories with this kind in the place of the one before; all others as they came. */
export function categoriesOf(
  kind: NeedKind | undefined,
  onto: Condition | undefined,
): CodeableConcept[] | undefined {
  const concern = [{ coding: [{ system: conditionCategorySystem, code: 'health-concern' }] }]
  if (onto && needKindIn(onto) === kind) return onto.category
  const existing = onto?.category ?? concern
  const others = existing.filter((each) => !needKinds.some((one) => hasCode(each, codes[one])))
  return kind ? [...others, { coding: [codes[kind]] }] : others
}
