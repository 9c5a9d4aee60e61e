import { loincSystem, snomedSystem } from '#domain/fhir/codes.ts'
import { codesOf } from '#domain/reading/codes.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import type { Coded, PlainWord } from './plain-word.ts'

const word = (words: string, means: string): PlainWord => ({ words, means })

type Row = readonly [codes: readonly string[], PlainWord]

const reading = (kind: ReadingKind, plain: PlainWord): Row => [codesOf([kind]), plain]

/** Tests and readings, as they follow “your” or a name, by LOINC or SNOMED CT code. Our own words, unverified by a clinician. */
const rows: readonly Row[] = [
  reading('weight', word('weight', 'Weight that goes up fast can mean fluid.')),
  reading('blood-pressure', word('blood pressure', 'How hard the blood pushes.')),
  reading('oxygen', word('oxygen level', 'How much air gets into the blood.')),
  reading('glucose', word('blood sugar at one moment', 'It goes up after a meal.')),
  reading('pulse', word('heartbeats in a minute', 'Also called your pulse.')),
  [
    ['4548-4', '59261-8', '17856-6', '999791000000106', '43396009'],
    word('blood sugar over three months', 'The test is called HbA1c.'),
  ],
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
    word(
      'kidney function',
      'How well the kidneys work. A higher number is better. The test is called eGFR.',
    ),
  ],
  [
    ['2160-0', '38483-4', '14682-9', '1000731000000107'],
    word('creatinine', 'Waste that the kidneys should clear. The test is called creatinine.'),
  ],
  [
    ['14959-1', '9318-7', '32294-1', '1023491000000104'],
    word('protein in the water', 'It shows early if the kidneys are hurt.'),
  ],
  [
    ['718-7', '20509-6', '59260-0', '1022431000000105'],
    word('haemoglobin', 'How well the blood carries air. The test is called haemoglobin.'),
  ],
  [
    ['2823-3', '6298-4', '1000651000000109'],
    word('potassium', 'A salt in the blood. The heart needs the right amount.'),
  ],
  [
    ['2951-2', '2947-0', '1000661000000107'],
    word('sodium', 'Salt in the blood. Some tablets change it. The test is called sodium.'),
  ],
  [
    ['2093-3', '14647-2', '1005671000000105'],
    word('cholesterol', 'All the fat of this kind in the blood.'),
  ],
  [
    ['18262-6', '2089-1', '13457-7', '22748-8', '39469-2'],
    word('bad cholesterol', 'Fat in the blood that can clog. The test is called LDL.'),
  ],
  [['2085-9', '14646-4'], word('good cholesterol', 'The test is called HDL.')],
  [['2571-8', '14927-8'], word('triglycerides', 'Another fat in the blood.')],
  [
    ['33762-6', '83107-3', '42637-9', '30934-4'],
    word('heart strain', 'How hard the heart has to work. The test is called BNP.'),
  ],
  [
    ['3016-3', '11579-0'],
    word('thyroid speed', 'How fast a gland in the neck works. The test is called TSH.'),
  ],
  [['1988-5', '30522-7'], word('signs of infection', 'The test is called CRP.')],
  [['6690-2', '26464-8'], word('white cells', 'The cells that fight germs.')],
  [['777-3', '26515-7'], word('platelets', 'The cells that help blood to clot.')],
  [['6301-6', '34714-6'], word('blood clotting time', 'The test is called INR.')],
  [['2276-4', '20567-4'], word('iron in store', 'The test is called ferritin.')],
  [['2132-9', '14685-2'], word('vitamin B12', 'Blood and nerves need it.')],
  [['1989-3', '62292-8'], word('vitamin D', 'Bones need it.')],
  [['39156-5', '60621009'], word('weight for height', 'Also called BMI.')],
  [['8302-2', '50373000'], word('height', '')],
  [['8310-5', '386725007'], word('temperature', '')],
  [['9279-1', '86290005'], word('breaths in a minute', '')],
  [['44261-6'], word('mood over two weeks', 'From the questions about mood (PHQ-9).')],
  [['72166-2', '77176002'], word('smoking', '')],
]

const byCode = new Map(rows.flatMap(([codes, each]) => codes.map((code) => [code, each])))

/** The plain word for one of these codes of a result; undefined if the glossary has none. */
export function plainResult(codings: readonly Coded[] | undefined): PlainWord | undefined {
  return (codings ?? [])
    .filter(({ system }) => system === loincSystem || system === snomedSystem)
    .flatMap(({ code = '' }) => byCode.get(code) ?? [])[0]
}
