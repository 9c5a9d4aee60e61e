import type { Deficit } from './deficits.ts'

/**
 * ICD-10 categories (WHO, version 2019) whose title is one of the 36 deficits of the electronic Frailty Index (Clegg
 * 2016), as prefixes. Our own reading of the titles: the index was built on CTV3 codes, nobody has published it in
 * ICD-10, and no clinical coder has checked this list. Codes that are not certain are left out, and shown as not
 * mapped.
 */
const prefixes: Readonly<Partial<Record<Deficit, string>>> = {
  'activity-limitation': 'Z736',
  // anaemias, and deficiency of iron, B12 or folate
  anaemia: 'D50 D51 D52 D53 D55 D56 D57 D58 D59 D60 D61 D62 D63 D64 E538 E611',
  arthritis: 'M05 M06 M07 M08 M10 M11 M13 M15 M16 M17 M18 M19 M45',
  'atrial-fibrillation': 'I48',
  'cerebrovascular-disease': 'G45 G46 I60 I61 I62 I63 I64 I65 I66 I67 I68 I69',
  // stage 3 and more, or without a stage
  ckd: 'N180 N183 N184 N185 N186 N189 N19 I120 I131 Z490 Z491 Z492 Z940 Z992',
  diabetes: 'E10 E11 E12 E13 E14',
  dizziness: 'R42 H81',
  dyspnoea: 'R060',
  falls:
    'W00 W01 W02 W03 W04 W05 W06 W07 W08 W09 W10 W11 W12 W13 W14 W15 W16 W17 W18 W19 R296 Z9181',
  'foot-problems': 'L84 L600 M201 M202 M203 M204 M205 M206 M722 M773 M774',
  // osteoporosis with a fracture, and the bones that break in a fall from standing
  'fragility-fracture': 'M80 M485 S220 S221 S320 S422 S525 S526 S720 S721 S722',
  'hearing-impairment': 'H90 H91',
  'heart-failure': 'I50 I110 I130 I132',
  'heart-valve-disease': 'I05 I06 I07 I08 I34 I35 I36 I37 Z952 Z953 Z954',
  hypertension: 'I10 I11 I12 I13 I15',
  'hypotension-syncope': 'I95 R55',
  'ischaemic-heart-disease': 'I20 I21 I22 I23 I24 I25',
  'memory-and-cognition': 'F00 F01 F02 F03 F04 F051 F067 G30 G310 G311 R413',
  mobility: 'Z740 Z993 R26 G81 G82',
  osteoporosis: 'M80 M81 M82',
  parkinsonism: 'G20 G21 G22 G250 G251 G252 R251',
  'peptic-ulcer': 'K25 K26 K27 K28',
  'peripheral-vascular-disease': 'I70 I731 I738 I739 I771 I792',
  'requirement-for-care': 'Z741 Z742 Z743 Z748 Z749',
  'respiratory-disease':
    'J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703 J84 J961',
  'skin-ulcer': 'L89 L97 L984 I830 I832',
  'sleep-disturbance': 'G47 F51',
  'social-vulnerability': 'Z59 Z60',
  'thyroid-disease': 'E00 E01 E02 E03 E04 E05 E06 E07',
  'urinary-incontinence': 'R32 N393 N394',
  'urinary-system-disease': 'N11 N12 N13 N20 N21 N30 N31 N32 N35 N390 N40 R33',
  'visual-impairment': 'H25 H26 H353 H54',
  'weight-loss': 'R630 R634 R64',
}

/** Deficits without an ICD-10 code: being housebound has none, and medicines are counted from the medicines. */
export const notInIcd10: readonly Deficit[] = ['housebound', 'polypharmacy']

/** The deficits that ICD-10 can show. */
export const icd10Deficits: readonly string[] = Object.keys(prefixes)

const starts = Object.entries(prefixes).flatMap(([deficit, codes]) =>
  codes.split(' ').map((start) => [deficit as Deficit, start] as const),
)

/** The deficits of an ICD-10 code, whatever its case and punctuation; one code may show two, most show none. */
export function deficitsOfIcd10(code: string): readonly Deficit[] {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return [...new Set(starts.filter(([, start]) => plain.startsWith(start)).map(([each]) => each))]
}
