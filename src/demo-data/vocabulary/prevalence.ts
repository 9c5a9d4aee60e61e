/**
 * How often conditions occur in the demonstration population: share of people with it at 40, 60 and 80 years.
 * Rounded to the size of published English primary-care prevalence; invented for practice, not for epidemiology.
 * `needs` names a condition without which this one is not drawn; `social` marks circumstances rather than diseases.
 */
export type PrevalenceRow = Readonly<{
  snomed: string
  display: string
  at: readonly [forty: number, sixty: number, eighty: number]
  needs?: string
  medicines?: readonly string[]
}>

export const prevalence: readonly PrevalenceRow[] = [
  {
    snomed: '59621000',
    display: 'Essential hypertension',
    at: [0.07, 0.3, 0.52],
    medicines: ['Amlodipine 5 mg tablets', 'Ramipril 5 mg capsules'],
  },
  {
    snomed: '44054006',
    display: 'Type 2 diabetes mellitus',
    at: [0.03, 0.12, 0.19],
    medicines: ['Metformin 500 mg tablets', 'Gliclazide 80 mg tablets'],
  },
  {
    snomed: '127013003',
    display: 'Disorder of kidney due to diabetes mellitus',
    at: [0.08, 0.15, 0.25],
    needs: '44054006',
  },
  { snomed: '433144002', display: 'Chronic kidney disease stage 3', at: [0.005, 0.05, 0.24] },
  {
    snomed: '431857002',
    display: 'Chronic kidney disease stage 4',
    at: [0.01, 0.03, 0.06],
    needs: '433144002',
  },
  {
    snomed: '84114007',
    display: 'Heart failure',
    at: [0.002, 0.02, 0.1],
    medicines: ['Bisoprolol 2.5 mg tablets', 'Furosemide 40 mg tablets'],
  },
  {
    snomed: '49436004',
    display: 'Atrial fibrillation',
    at: [0.004, 0.03, 0.16],
    medicines: ['Apixaban 5 mg tablets'],
  },
  {
    snomed: '53741008',
    display: 'Coronary arteriosclerosis',
    at: [0.005, 0.06, 0.18],
    medicines: ['Aspirin 75 mg tablets', 'Atorvastatin 40 mg tablets'],
  },
  {
    snomed: '22298006',
    display: 'Myocardial infarction',
    at: [0.05, 0.18, 0.25],
    needs: '53741008',
  },
  {
    snomed: '230690007',
    display: 'Cerebrovascular accident',
    at: [0.003, 0.025, 0.1],
    medicines: ['Clopidogrel 75 mg tablets'],
  },
  {
    snomed: '13645005',
    display: 'Chronic obstructive lung disease',
    at: [0.006, 0.05, 0.1],
    medicines: ['Tiotropium 18 microgram inhalation powder', 'Salbutamol 100 micrograms inhaler'],
  },
  {
    snomed: '195967001',
    display: 'Asthma',
    at: [0.09, 0.08, 0.07],
    medicines: ['Beclometasone 100 micrograms inhaler'],
  },
  { snomed: '52448006', display: 'Dementia', at: [0, 0.004, 0.1] },
  {
    snomed: '35489007',
    display: 'Depressive disorder',
    at: [0.13, 0.12, 0.1],
    medicines: ['Sertraline 50 mg tablets'],
  },
  {
    snomed: '396275006',
    display: 'Osteoarthritis',
    at: [0.03, 0.17, 0.36],
    medicines: ['Paracetamol 500 mg tablets'],
  },
  {
    snomed: '64859006',
    display: 'Osteoporosis',
    at: [0.002, 0.04, 0.16],
    medicines: ['Alendronic acid 70 mg tablets'],
  },
  { snomed: '5913000', display: 'Fracture of neck of femur', at: [0.001, 0.004, 0.04] },
  { snomed: '161898004', display: 'Falls', at: [0.002, 0.03, 0.2] },
  {
    snomed: '49049000',
    display: 'Parkinson’s disease',
    at: [0, 0.004, 0.02],
    medicines: ['Co-careldopa 25 mg/100 mg tablets'],
  },
  {
    snomed: '40930008',
    display: 'Hypothyroidism',
    at: [0.03, 0.06, 0.09],
    medicines: ['Levothyroxine 50 microgram tablets'],
  },
  { snomed: '254837009', display: 'Malignant neoplasm of breast', at: [0.004, 0.014, 0.02] },
  { snomed: '399068003', display: 'Malignant tumour of prostate', at: [0, 0.012, 0.04] },
  { snomed: '363406005', display: 'Malignant neoplasm of colon', at: [0.001, 0.006, 0.018] },
  { snomed: '400047006', display: 'Peripheral vascular disease', at: [0.001, 0.015, 0.05] },
  {
    snomed: '13200003',
    display: 'Peptic ulcer',
    at: [0.006, 0.02, 0.04],
    medicines: ['Omeprazole 20 mg capsules'],
  },
  { snomed: '19943007', display: 'Cirrhosis of liver', at: [0.003, 0.006, 0.004] },
  {
    snomed: '271737000',
    display: 'Anaemia',
    at: [0.02, 0.04, 0.14],
    medicines: ['Ferrous fumarate 210 mg tablets'],
  },
  { snomed: '15188001', display: 'Hearing loss', at: [0.02, 0.1, 0.35] },
  { snomed: '397540003', display: 'Visual impairment', at: [0.004, 0.02, 0.13] },
  { snomed: '165232002', display: 'Urinary incontinence', at: [0.01, 0.05, 0.18] },
  { snomed: '404640003', display: 'Dizziness', at: [0.02, 0.05, 0.13] },
  { snomed: '267036007', display: 'Dyspnoea', at: [0.01, 0.04, 0.12] },
  { snomed: '95344007', display: 'Ulcer of lower extremity', at: [0.001, 0.006, 0.03] },
  { snomed: '89362005', display: 'Weight loss', at: [0.004, 0.012, 0.05] },
  { snomed: '193462001', display: 'Insomnia', at: [0.03, 0.06, 0.09] },
  { snomed: '160689007', display: 'Housebound', at: [0.001, 0.006, 0.07] },
  { snomed: '105529008', display: 'Lives alone', at: [0.1, 0.17, 0.4] },
]

/** Share of people of this age who have it, on a straight line between the three given ages; a tenth of the value at 40 for children. */
export function shareAt(row: PrevalenceRow, age: number): number {
  const [forty, sixty, eighty] = row.at
  if (age < 18) return forty * 0.1
  if (age <= 40) return forty * (0.3 + (0.7 * (age - 18)) / 22)
  if (age <= 60) return forty + ((sixty - forty) * (age - 40)) / 20
  return sixty + ((eighty - sixty) * (Math.min(age, 95) - 60)) / 20
}
