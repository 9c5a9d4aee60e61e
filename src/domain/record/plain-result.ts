import { loincSystem, snomedSystem } from '#domain/fhir/codes.ts'
import { codesOf } from '#domain/reading/codes.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import type { Coded } from './coded.ts'

type Row = readonly [codes: readonly string[], key: string]

const reading = <Key extends string>(kind: ReadingKind, key: Key) => [codesOf([kind]), key] as const

/** Tests and readings, by LOINC or SNOMED CT code, and which entry of the glossary they have. */
const rows = [
  reading('weight', 'weight'),
  reading('blood-pressure', 'blood-pressure'),
  reading('oxygen', 'oxygen'),
  reading('glucose', 'blood-sugar'),
  reading('pulse', 'pulse'),
  [['4548-4', '59261-8', '17856-6', '999791000000106', '43396009'], 'long-blood-sugar'],
  [
    [
      '33914-3',
      '48642-3',
      '48643-1',
      '62238-1',
      '77147-7',
      '69405-9',
      '98979-8',
      '1011481000000105',
    ],
    'kidneys',
  ],
  [['2160-0', '38483-4', '14682-9', '1000731000000107'], 'creatinine'],
  [['14959-1', '9318-7', '32294-1', '1023491000000104'], 'urine-protein'],
  [['718-7', '20509-6', '59260-0', '1022431000000105'], 'haemoglobin'],
  [['2823-3', '6298-4', '1000651000000109'], 'potassium'],
  [['2951-2', '2947-0', '1000661000000107'], 'sodium'],
  [['2093-3', '14647-2', '1005671000000105'], 'cholesterol'],
  [['18262-6', '2089-1', '13457-7', '22748-8', '39469-2'], 'bad-cholesterol'],
  [['2085-9', '14646-4'], 'good-cholesterol'],
  [['2571-8', '14927-8'], 'triglycerides'],
  [['33762-6', '83107-3', '42637-9', '30934-4'], 'heart-strain'],
  [['3016-3', '11579-0'], 'thyroid'],
  [['1988-5', '30522-7'], 'infection-signs'],
  [['6690-2', '26464-8'], 'white-cells'],
  [['777-3', '26515-7'], 'platelets'],
  [['6301-6', '34714-6'], 'clotting-time'],
  [['2276-4', '20567-4'], 'iron-store'],
  [['2132-9', '14685-2'], 'vitamin-b12'],
  [['1989-3', '62292-8'], 'vitamin-d'],
  [['39156-5', '60621009'], 'weight-for-height'],
  [['8302-2', '50373000'], 'height'],
  [['8310-5', '386725007'], 'temperature'],
  [['9279-1', '86290005'], 'breaths'],
  [['44261-6'], 'mood'],
  [['72166-2', '77176002'], 'smoking'],
] as const satisfies readonly Row[]

/**
 * A test or reading that the glossary has plain words for. Which codes have the same word is our own choice, unverified by a
 * clinician.
 * @unverified plain-words
 */
export type PlainResult = (typeof rows)[number][1]

const byCode = new Map<string, PlainResult>(
  rows.flatMap(([codes, key]) => codes.map((code) => [code, key] as const)),
)

/** The entry of the glossary for one of these codes of a result; undefined if it has none. */
export function plainResult(codings: readonly Coded[] | undefined): PlainResult | undefined {
  return (codings ?? [])
    .filter(({ system }) => system === loincSystem || system === snomedSystem)
    .flatMap(({ code = '' }) => byCode.get(code) ?? [])[0]
}
