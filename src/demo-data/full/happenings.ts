/**
 * What happens to people in the course of years. SNOMED CT, ICD-10 and CVX codes by their titles; no clinical coder has
 * checked them.
 */
type Coded = readonly [code: string, display: string]
type Illness = readonly [snomed: string, icd10: string, display: string]

/** Illnesses that pass, as a practice notes them. */
export const passingIllnesses: readonly [Illness, ...Illness[]] = [
  ['54150009', 'J069', 'Upper respiratory infection'],
  ['68566005', 'N390', 'Urinary tract infection'],
  ['279039007', 'M545', 'Low back pain'],
  ['43116000', 'L309', 'Eczema'],
  ['65363002', 'H669', 'Otitis media'],
  ['25064002', 'R51', 'Headache'],
  ['128045006', 'L039', 'Cellulitis'],
  ['49727002', 'R05', 'Cough'],
  ['14760008', 'K590', 'Constipation'],
]

export const procedures: readonly [Coded, ...Coded[]] = [
  ['29303009', 'Electrocardiogram'],
  ['399208008', 'Plain chest X-ray'],
  ['40701008', 'Echocardiography'],
  ['73761001', 'Colonoscopy'],
  ['54885007', 'Extraction of cataract'],
]

export const vaccines = {
  flu: ['88', 'Influenza, unspecified'],
  covid: ['213', 'COVID-19, unspecified'],
  pneumococcal: ['33', 'Pneumococcal polysaccharide'],
  childhood: ['20', 'Diphtheria, tetanus and pertussis'],
  measles: ['03', 'Measles, mumps and rubella'],
} as const satisfies Record<string, Coded>

/** Medicines that are given once. */
export const shortCourses: readonly [string, ...string[]] = [
  'Amoxicillin 500 mg capsules',
  'Nitrofurantoin 100 mg capsules',
  'Ibuprofen 400 mg tablets',
  'Hydrocortisone 1 % cream',
  'Codeine 15 mg tablets',
  'Prednisolone 5 mg tablets',
  'Lactulose 3.1-3.7 g/5 ml solution',
]

export const letters: readonly [string, ...string[]] = [
  'Letter from outpatients',
  'Discharge summary',
  'Letter from the emergency department',
  'Result of an X-ray',
  'Letter from physiotherapy',
  'Report of the community nurses',
]

export const appointments: readonly [string, ...string[]] = [
  'Practice appointment',
  'Telephone appointment',
  'Nurse appointment',
  'Blood test',
  'Review of medicines',
  'Review of a long-term condition',
]
