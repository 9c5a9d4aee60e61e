/**
 * The seventeen groups of the Charlson index: original weights, and ICD-10 prefixes after Quan 2005 (Med Care 43:1130).
 * The list for AIDS omits B23, as published.
 */
export const charlsonGroups = {
  mi: { points: 1, icd10: 'I21 I22 I252' },
  chf: {
    points: 1,
    icd10: 'I099 I110 I130 I132 I255 I420 I425 I426 I427 I428 I429 I43 I50 P290',
  },
  pvd: { points: 1, icd10: 'I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959' },
  cevd: { points: 1, icd10: 'G45 G46 H340 I60 I61 I62 I63 I64 I65 I66 I67 I68 I69' },
  dementia: { points: 1, icd10: 'F00 F01 F02 F03 F051 G30 G311' },
  cpd: {
    points: 1,
    icd10:
      'I278 I279 J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703',
  },
  rheumd: { points: 1, icd10: 'M05 M06 M315 M32 M33 M34 M351 M353 M360' },
  pud: { points: 1, icd10: 'K25 K26 K27 K28' },
  mld: {
    points: 1,
    icd10:
      'B18 K700 K701 K702 K703 K709 K713 K714 K715 K717 K73 K74 K760 K762 K763 K764 K768 K769 Z944',
  },
  diab: { points: 1, icd10: ofDiabetes('01689') },
  diabwc: { points: 2, icd10: ofDiabetes('23457') },
  hp: { points: 2, icd10: 'G041 G114 G801 G802 G81 G82 G830 G831 G832 G833 G834 G839' },
  rend: {
    points: 2,
    icd10:
      'I120 I131 N032 N033 N034 N035 N036 N037 N052 N053 N054 N055 N056 N057 N18 N19 N250 Z490 Z491 Z492 Z940 Z992',
  },
  canc: {
    points: 2,
    icd10: `${range('C', 0, 26)} ${range('C', 30, 34)} ${range('C', 37, 41)} C43 ${range('C', 45, 58)} ${range('C', 60, 76)} ${range('C', 81, 85)} C88 ${range('C', 90, 97)}`,
  },
  msld: { points: 3, icd10: 'I850 I859 I864 I982 K704 K711 K721 K729 K765 K766 K767' },
  metacanc: { points: 6, icd10: 'C77 C78 C79 C80' },
  aids: { points: 6, icd10: 'B20 B21 B22 B24' },
} as const satisfies Readonly<Record<string, Readonly<{ points: number; icd10: string }>>>

export type CharlsonGroup = keyof typeof charlsonGroups

function ofDiabetes(digits: string): string {
  return ['E10', 'E11', 'E12', 'E13', 'E14']
    .flatMap((stem) => [...digits].map((digit) => stem + digit))
    .join(' ')
}

function range(letter: string, from: number, to: number): string {
  return Array.from(
    { length: to - from + 1 },
    (_, place) => letter + String(from + place).padStart(2, '0'),
  ).join(' ')
}

const prefixes = Object.entries(charlsonGroups).map(
  ([group, { icd10 }]) => [group as CharlsonGroup, icd10.split(' ')] as const,
)

/** The groups of an ICD-10 code, upper-cased and without punctuation; one code may belong to several, most to none. */
export function groupsOfIcd10(code: string): readonly CharlsonGroup[] {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return prefixes
    .filter(([, starts]) => starts.some((start) => plain.startsWith(start)))
    .map(([group]) => group)
}

/** The more severe form replaces the milder. */
export const overrules: readonly (readonly [stronger: CharlsonGroup, weaker: CharlsonGroup])[] = [
  ['msld', 'mld'],
  ['diabwc', 'diab'],
  ['metacanc', 'canc'],
]
