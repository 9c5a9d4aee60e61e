/** What a code means, in the terminology of one country. */
export type Coded = Readonly<{ system: string; code: string; display: string }>

/** How records of a country are written: its identifiers for people, staff and places, and its codes. */
export type Country = Readonly<{
  name: string
  /** the systems of the identifiers of people, staff and places */
  numbers: Readonly<{ person: string; staff: string; place: string }>
  conditions: readonly Coded[]
  medications: readonly Coded[]
  vaccines: readonly Coded[]
  procedures: readonly Coded[]
  plans: readonly Coded[]
}>

const snomed = 'http://snomed.info/sct'
const coded =
  (system: string) =>
  (code: string, display: string): Coded => ({ system, code, display })
const sct = coded(snomed)
const rxnorm = coded('http://www.nlm.nih.gov/research/umls/rxnorm')
const cvx = coded('http://hl7.org/fhir/sid/cvx')
const dmd = coded('https://dmd.nhs.uk')
const icd10 = coded('http://hl7.org/fhir/sid/icd-10')

const conditions = [
  sct('59621000', 'Hypertension'),
  sct('44054006', 'Diabetes'),
  sct('239873007', 'Osteoarthritis of knee'),
  sct('195662009', 'Acute viral pharyngitis (disorder)'),
  sct('444814009', 'Viral sinusitis (disorder)'),
]

const procedures = [
  sct('430193006', 'Medication Reconciliation (procedure)'),
  sct('73761001', 'Colonoscopy'),
  sct('288086009', 'Suture open wound'),
]

const plans = [
  sct('698360004', 'Diabetes self management plan'),
  sct('443402002', 'Lifestyle education regarding hypertension'),
  sct('872781000000100', 'Musculoskeletal care'),
]

export const unitedStates: Country = {
  name: 'US',
  numbers: {
    person: 'http://hl7.org/fhir/sid/us-ssn',
    staff: 'http://hl7.org/fhir/sid/us-npi',
    place: 'https://github.com/synthetichealth/synthea',
  },
  conditions,
  medications: [
    rxnorm('316049', 'Hydrochlorothiazide 25 MG'),
    rxnorm('860975', '24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet'),
    rxnorm('197591', 'Diazepam 5 MG'),
  ],
  vaccines: [
    cvx('140', 'Influenza, seasonal, injectable, preservative free'),
    cvx('113', 'Td (adult) preservative free'),
  ],
  procedures,
  plans,
}

export const unitedKingdom: Country = {
  name: 'GB',
  numbers: {
    person: 'https://fhir.nhs.uk/Id/nhs-number',
    staff: 'https://fhir.hl7.org.uk/Id/gmc-number',
    place: 'https://fhir.nhs.uk/Id/ods-organization-code',
  },
  conditions: [...conditions, icd10('I10', 'Essential (primary) hypertension')],
  medications: [
    dmd('319775004', 'Aspirin 75mg tablets'),
    dmd('325278007', 'Metformin 500mg modified-release tablets'),
    sct('318281001', 'Atenolol 50mg tablets'),
  ],
  vaccines: [sct('46233009', 'Influenza vaccine'), sct('871751006', 'Tetanus vaccine')],
  procedures,
  plans,
}

/** A reading: its code, unit, and the range of its values. */
export type Reading = Readonly<{ code: Coded; unit: string; from: number; to: number }>

const loinc = coded('http://loinc.org')
const reading = (code: Coded, unit: string, from: number, to: number): Reading => ({
  ...{ code, unit, from, to },
})

export const readings: readonly Reading[] = [
  reading(loinc('8302-2', 'Body Height'), 'cm', 150, 195),
  reading(loinc('29463-7', 'Body Weight'), 'kg', 50, 120),
  reading(loinc('39156-5', 'Body Mass Index'), 'kg/m2', 18, 42),
  reading(loinc('8867-4', 'Heart rate'), '/min', 55, 110),
  reading(loinc('2339-0', 'Glucose'), 'mg/dL', 60, 240),
  reading(loinc('38483-4', 'Creatinine'), 'mg/dL', 0.5, 3),
  reading(loinc('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'), '%', 4, 12),
]

export const bloodPressure = {
  whole: loinc('55284-4', 'Blood Pressure'),
  systolic: loinc('8480-6', 'Systolic Blood Pressure'),
  diastolic: loinc('8462-4', 'Diastolic Blood Pressure'),
} as const

export const panel = loinc('51990-0', 'Basic Metabolic Panel')
export const smoking = loinc('72166-2', 'Tobacco smoking status NHIS')
export const neverSmoked = sct('266919005', 'Never smoker')
export const encounterOf = sct('185345009', 'Encounter for symptom')
