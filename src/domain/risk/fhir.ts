import type {
  CodeableConcept,
  Condition,
  MedicationRequest,
  MedicationStatement,
  Patient,
  Resource,
} from '@medplum/fhirtypes'
import { snomedSystem } from '#domain/fhir/codes.ts'
import { conditionCode } from './condition-codes.ts'
import type { CodedCondition, CurrentMedicine, Evidence, LeftOut } from './evidence.ts'

type MedicineRecord = MedicationRequest | MedicationStatement

/**
 * The evidence for the scores in a person's records. Needs recorded in conversation (health concerns without a code)
 * are not diagnoses.
 */
export function evidenceFromFhir(
  patient: Patient | undefined,
  conditions: readonly Condition[],
  medicines: readonly MedicineRecord[],
): Evidence {
  return {
    ...(patient?.birthDate ? { birthDate: patient.birthDate } : {}),
    conditions: conditions.filter(isDiagnosis).map(codedCondition),
    medicines: currentMedicines(medicines),
  }
}

/** The same, from records of any kind in any order. */
export function evidenceOf(records: readonly Resource[]): Evidence {
  return evidenceFromFhir(
    records.find((each): each is Patient => each.resourceType === 'Patient'),
    records.filter((each): each is Condition => each.resourceType === 'Condition'),
    records.filter(
      (each): each is MedicineRecord =>
        each.resourceType === 'MedicationRequest' || each.resourceType === 'MedicationStatement',
    ),
  )
}

function isDiagnosis(condition: Condition): boolean {
  const isConcern = condition.category?.some((category) =>
    category.coding?.some((coding) => coding.code === 'health-concern'),
  )
  return !isConcern || (condition.code?.coding?.length ?? 0) > 0
}

export const conceptCodings = (concept: CodeableConcept | undefined): CodedCondition['codings'] =>
  (concept?.coding ?? []).flatMap(({ system, code }) =>
    code ? [{ system: system ?? '', code }] : [],
  )

/** Since when somebody has it, or when it was first written down. */
export const conditionDate = (condition: Condition): string | undefined =>
  condition.onsetDateTime ?? condition.onsetPeriod?.start ?? condition.recordedDate

/** A condition with its codes, and why it does not count where it does not. */
export function codedCondition(condition: Condition): CodedCondition {
  const codings = conceptCodings(condition.code)
  const date = conditionDate(condition)
  const left = leftOut(condition)
  return {
    record: `Condition/${condition.id}`,
    codings,
    display: nameOf(condition.code),
    ...(date ? { date } : {}),
    ...(left ? { left } : {}),
  }
}

function nameOf(code: CodeableConcept | undefined): string {
  const known = code?.coding?.find((each) => each.system === snomedSystem)?.code
  const row = known ? conditionCode(known) : undefined
  const words = row?.display ?? code?.text ?? code?.coding?.find((each) => each.display)?.display
  return words ?? code?.coding?.[0]?.code ?? ''
}

const overStates: Readonly<Record<string, LeftOut>> = {
  resolved: 'resolved',
  inactive: 'inactive',
  remission: 'remission',
}

function leftOut(condition: Condition): LeftOut | undefined {
  const verified = condition.verificationStatus?.coding?.[0]?.code
  if (verified === 'refuted' || verified === 'entered-in-error') return verified
  const clinical = condition.clinicalStatus?.coding?.[0]?.code
  if (clinical) return overStates[clinical]
  return condition.abatementDateTime || condition.abatementPeriod?.end ? 'resolved' : undefined
}

/** Different current medicines: the same one ordered twice counts once. Proposals are not current. */
function currentMedicines(records: readonly MedicineRecord[]): readonly CurrentMedicine[] {
  const found = new Map<string, CurrentMedicine>()
  for (const record of records.filter(isCurrent)) {
    const name =
      nameOf(record.medicationCodeableConcept) || (record.medicationReference?.display ?? '')
    const key =
      record.medicationCodeableConcept?.coding?.[0]?.code ??
      (name.toLowerCase() || record.medicationReference?.reference || record.id || '')
    if (!found.has(key)) found.set(key, medicineOf(record, name))
  }
  return [...found.values()]
}

function medicineOf(record: MedicineRecord, name: string): CurrentMedicine {
  const date = record.resourceType === 'MedicationRequest' ? record.authoredOn : record.dateAsserted
  return { record: `${record.resourceType}/${record.id}`, name, ...(date ? { date } : {}) }
}

function isCurrent(record: MedicineRecord): boolean {
  if (record.status !== 'active') return false
  return (
    record.resourceType !== 'MedicationRequest' || !['proposal', 'plan'].includes(record.intent)
  )
}
