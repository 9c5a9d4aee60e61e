import { kindFacts, type ReadingKind, readingKinds } from './reading.ts'

/** All codes, ours first, under which readings of these kinds are stored. */
export const codesOf = (kinds: readonly ReadingKind[]): readonly string[] =>
  kinds.flatMap((kind) => [kindFacts[kind].loinc, ...kindFacts[kind].also])

const kinds = new Map(
  readingKinds.flatMap((kind) => codesOf([kind]).map((code) => [code, kind] as const)),
)

export const kindOfCode = (code: string | undefined): ReadingKind | undefined =>
  code === undefined ? undefined : kinds.get(code)

/** The numbers of a blood pressure, in LOINC and SNOMED CT (UK Core: 72313002 and 1091811000000102). */
export const upperCodes: readonly string[] = ['8480-6', '271649006', '72313002']
export const lowerCodes: readonly string[] = [...['8462-4', '271650006', '1091811000000102']]

/**
 * Vital signs for which no limit is agreed here, though some share units: breathing rate, body mass index, size of the
 * head, oxygen breathed in, a lower number alone, birth weight.
 */
export const otherVitalSigns: readonly string[] = [
  ...['9279-1', '39156-5', '9843-4', '3150-6', '3151-8', '85353-1'],
  ...['8462-4', '271650006', '1091811000000102', '8339-4', '8478-0', '59576-9'],
  ...['86290005', '60621009', '250774007'],
]
