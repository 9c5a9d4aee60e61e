import type { CharlsonGroup } from './charlson-groups.ts'
import type { Deficit } from './deficits.ts'

/** A SNOMED CT concept and what it counts for. A row that counts for nothing is known, and known not to count. */
export type ConditionCode = Readonly<{
  snomed: string
  display: string
  charlson?: CharlsonGroup
  deficit?: Deficit
}>

type Short = readonly [
  snomed: string,
  display: string,
  counts?: Readonly<{ charlson?: CharlsonGroup; deficit?: Deficit }>,
]

/**
 * For deficits with only a few concepts: from the code sets of the original index, as the Greater Manchester Secure
 * Data Environment publishes them (UoM-Data-Science-Platforms/gm-sde, efi-activity-limitation, efi-care-requirement,
 * efi-foot-problems, efi-mobility-problems, version 1). Those that name a person’s state; not checked by a clinical
 * coder.
 */
const codeSetsOfTheIndex: readonly Short[] = [
  ['21134002', 'Disability', { deficit: 'activity-limitation' }],
  ['160734000', 'Lives in a nursing home', { deficit: 'requirement-for-care' }],
  ['248171000000108', 'Lives in a care home', { deficit: 'requirement-for-care' }],
  ['224224003', 'Lives in a staffed home', { deficit: 'requirement-for-care' }],
  ['160774006', 'Home help attends', { deficit: 'requirement-for-care' }],
  ['161083000', 'Helped by relatives', { deficit: 'requirement-for-care' }],
  ['184156005', 'Has a carer', { deficit: 'requirement-for-care' }],
  ['201037000', 'Corns and callus', { deficit: 'foot-problems' }],
  ['201038005', 'Corn', { deficit: 'foot-problems' }],
  ['47850008', 'Hard corn', { deficit: 'foot-problems' }],
  ['160779001', 'Chiropody at home', { deficit: 'foot-problems' }],
  ['8510008', 'Reduced mobility', { deficit: 'mobility' }],
  ['160693001', 'Poor mobility', { deficit: 'mobility' }],
  ['160692006', 'Very poor mobility', { deficit: 'mobility' }],
  ['302046008', 'Difficulty moving about', { deficit: 'mobility' }],
  ['282145008', 'Unable to walk', { deficit: 'mobility' }],
  ['160683008', 'Needs a walking aid at home', { deficit: 'mobility' }],
]

/**
 * Our own small mapping: the concepts of the demonstration population and the lasting ones of Synthea. It is not the
 * certified code list of any index; concepts outside it are counted as not mapped and shown as such.
 */
const rows: readonly Short[] = [
  ['38341003', 'Hypertension', { deficit: 'hypertension' }],
  ['59621000', 'Essential hypertension', { deficit: 'hypertension' }],
  ['44054006', 'Type 2 diabetes', { charlson: 'diab', deficit: 'diabetes' }],
  ['46635009', 'Type 1 diabetes', { charlson: 'diab', deficit: 'diabetes' }],
  ['73211009', 'Diabetes', { charlson: 'diab', deficit: 'diabetes' }],
  ['127013003', 'Diabetic kidney disease', { charlson: 'diabwc', deficit: 'diabetes' }],
  ['422034002', 'Diabetic retinopathy', { charlson: 'diabwc', deficit: 'diabetes' }],
  ['368581000119106', 'Diabetic neuropathy', { charlson: 'diabwc', deficit: 'diabetes' }],
  ['90781000119102', 'Diabetic microalbuminuria', { charlson: 'diabwc', deficit: 'diabetes' }],
  ['433144002', 'Chronic kidney disease stage 3', { charlson: 'rend', deficit: 'ckd' }],
  ['431857002', 'Chronic kidney disease stage 4', { charlson: 'rend', deficit: 'ckd' }],
  ['433146000', 'Chronic kidney disease stage 5', { charlson: 'rend', deficit: 'ckd' }],
  ['46177005', 'End-stage kidney disease', { charlson: 'rend', deficit: 'ckd' }],
  ['84114007', 'Heart failure', { charlson: 'chf', deficit: 'heart-failure' }],
  ['88805009', 'Chronic congestive heart failure', { charlson: 'chf', deficit: 'heart-failure' }],
  ['42343007', 'Congestive heart failure', { charlson: 'chf', deficit: 'heart-failure' }],
  ['49436004', 'Atrial fibrillation', { deficit: 'atrial-fibrillation' }],
  ['53741008', 'Coronary heart disease', { deficit: 'ischaemic-heart-disease' }],
  ['414545008', 'Ischaemic heart disease', { deficit: 'ischaemic-heart-disease' }],
  ['22298006', 'Heart attack', { charlson: 'mi', deficit: 'ischaemic-heart-disease' }],
  ['399211009', 'Past heart attack', { charlson: 'mi', deficit: 'ischaemic-heart-disease' }],
  ['410429000', 'Cardiac arrest'],
  ['429007001', 'Past cardiac arrest'],
  ['368009', 'Heart valve disease', { deficit: 'heart-valve-disease' }],
  ['230690007', 'Stroke', { charlson: 'cevd', deficit: 'cerebrovascular-disease' }],
  [
    '266257000',
    'Transient ischaemic attack',
    { charlson: 'cevd', deficit: 'cerebrovascular-disease' },
  ],
  [
    '400047006',
    'Peripheral vascular disease',
    { charlson: 'pvd', deficit: 'peripheral-vascular-disease' },
  ],
  ['13645005', 'COPD', { charlson: 'cpd', deficit: 'respiratory-disease' }],
  [
    '185086009',
    'Chronic obstructive bronchitis',
    { charlson: 'cpd', deficit: 'respiratory-disease' },
  ],
  ['87433001', 'Emphysema', { charlson: 'cpd', deficit: 'respiratory-disease' }],
  ['195967001', 'Asthma', { charlson: 'cpd', deficit: 'respiratory-disease' }],
  ['52448006', 'Dementia', { charlson: 'dementia', deficit: 'memory-and-cognition' }],
  ['26929004', 'Alzheimer’s disease', { charlson: 'dementia', deficit: 'memory-and-cognition' }],
  [
    '230265002',
    'Familial Alzheimer’s disease',
    { charlson: 'dementia', deficit: 'memory-and-cognition' },
  ],
  ['386806002', 'Impaired cognition', { deficit: 'memory-and-cognition' }],
  ['69896004', 'Rheumatoid arthritis', { charlson: 'rheumd', deficit: 'arthritis' }],
  ['200936003', 'Lupus', { charlson: 'rheumd', deficit: 'arthritis' }],
  ['396275006', 'Osteoarthritis', { deficit: 'arthritis' }],
  ['239872002', 'Osteoarthritis of hip', { deficit: 'arthritis' }],
  ['239873007', 'Osteoarthritis of knee', { deficit: 'arthritis' }],
  ['90560007', 'Gout', { deficit: 'arthritis' }],
  ['13200003', 'Peptic ulcer', { charlson: 'pud', deficit: 'peptic-ulcer' }],
  ['19943007', 'Cirrhosis of liver', { charlson: 'mld' }],
  ['128302006', 'Chronic hepatitis C', { charlson: 'mld' }],
  ['50711007', 'Hepatitis C'],
  ['34742003', 'Portal hypertension', { charlson: 'msld' }],
  ['50325005', 'Hepatic failure', { charlson: 'msld' }],
  ['50582007', 'Hemiplegia', { charlson: 'hp', deficit: 'mobility' }],
  ['60389000', 'Paraplegia', { charlson: 'hp', deficit: 'mobility' }],
  ['254837009', 'Breast cancer', { charlson: 'canc' }],
  ['399068003', 'Prostate cancer', { charlson: 'canc' }],
  ['126906006', 'Neoplasm of prostate'],
  ['92691004', 'Carcinoma in situ of prostate'],
  ['363406005', 'Colon cancer', { charlson: 'canc' }],
  ['109838007', 'Overlapping colon cancer', { charlson: 'canc' }],
  ['254637007', 'Non-small cell lung cancer', { charlson: 'canc' }],
  ['254632001', 'Small cell lung cancer', { charlson: 'canc' }],
  ['94260004', 'Cancer spread to colon', { charlson: 'metacanc' }],
  ['128462008', 'Secondary cancer', { charlson: 'metacanc' }],
  ['62479008', 'AIDS', { charlson: 'aids' }],
  ['35489007', 'Depression'],
  ['64859006', 'Osteoporosis', { deficit: 'osteoporosis' }],
  ['5913000', 'Hip fracture', { deficit: 'fragility-fracture' }],
  ['263102004', 'Fracture of wrist', { deficit: 'fragility-fracture' }],
  ['443165006', 'Fracture due to osteoporosis', { deficit: 'fragility-fracture' }],
  ['161898004', 'Falls', { deficit: 'falls' }],
  ['49049000', 'Parkinson’s disease', { deficit: 'parkinsonism' }],
  ['40930008', 'Hypothyroidism', { deficit: 'thyroid-disease' }],
  ['34486009', 'Hyperthyroidism', { deficit: 'thyroid-disease' }],
  ['271737000', 'Anaemia', { deficit: 'anaemia' }],
  ['15188001', 'Hearing loss', { deficit: 'hearing-impairment' }],
  ['397540003', 'Visual impairment', { deficit: 'visual-impairment' }],
  ['165232002', 'Urinary incontinence', { deficit: 'urinary-incontinence' }],
  ['266569009', 'Benign prostatic hyperplasia', { deficit: 'urinary-system-disease' }],
  ['197927001', 'Recurrent urinary tract infection', { deficit: 'urinary-system-disease' }],
  ['404640003', 'Dizziness', { deficit: 'dizziness' }],
  ['267036007', 'Breathlessness', { deficit: 'dyspnoea' }],
  ['271594007', 'Syncope', { deficit: 'hypotension-syncope' }],
  ['45007003', 'Low blood pressure', { deficit: 'hypotension-syncope' }],
  ['95344007', 'Leg ulcer', { deficit: 'skin-ulcer' }],
  ['399912005', 'Pressure ulcer', { deficit: 'skin-ulcer' }],
  ['89362005', 'Weight loss', { deficit: 'weight-loss' }],
  ['193462001', 'Insomnia', { deficit: 'sleep-disturbance' }],
  ['160689007', 'Housebound', { deficit: 'housebound' }],
  ['105529008', 'Lives alone', { deficit: 'social-vulnerability' }],
  ...codeSetsOfTheIndex,
  ['302870006', 'High triglycerides'],
  ['55822004', 'High cholesterol'],
  ['162864005', 'Obesity'],
  ['15777000', 'Prediabetes'],
  ['68496003', 'Polyp of colon'],
  ['713197008', 'Recurrent rectal polyp'],
  ['128613002', 'Seizure disorder'],
  ['84757009', 'Epilepsy'],
  ['703151001', 'Past single seizure'],
  ['275272006', 'Traumatic brain damage'],
  ['40055000', 'Chronic sinusitis'],
  ['82423001', 'Chronic pain'],
  ['124171000119105', 'Chronic migraine'],
  ['24079001', 'Atopic dermatitis'],
  ['446096008', 'Perennial allergic rhinitis'],
]

export const conditionCodes: readonly ConditionCode[] = rows.map(([snomed, display, counts]) => ({
  snomed,
  display,
  ...counts,
}))

const bySnomed = new Map(conditionCodes.map((row) => [row.snomed, row]))

export function conditionCode(snomed: string): ConditionCode | undefined {
  return bySnomed.get(snomed)
}
