import type {
  Condition,
  Encounter,
  MedicationRequest,
  Procedure,
  ServiceRequest,
} from '@medplum/fhirtypes'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { plainCondition } from '#domain/record/plain-condition.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import type { VisitOutcome } from './visits.ts'

/** The kinds of record that say what came of a visit. */
export const outcomeTypes = [
  'Condition',
  'MedicationRequest',
  'ServiceRequest',
  'Procedure',
] as const
export type OutcomeRecord = Condition | MedicationRequest | ServiceRequest | Procedure

/** What came of a visit: in its own record, and in what others tie to it, as far as this reader is shown them. */
export const visitOutcomes = (
  encounter: Encounter,
  records: readonly OutcomeRecord[],
): readonly VisitOutcome[] => [...outcomesIn(encounter), ...outcomesOf(encounter.id ?? '', records)]

/** What the visit itself says: what was found, and where the person went then. */
function outcomesIn({ id, diagnosis, hospitalization }: Encounter): readonly VisitOutcome[] {
  const found = (diagnosis ?? []).flatMap(({ condition }, place) =>
    condition.display
      ? [
          {
            id: condition.reference ?? `${id}-diagnosis-${place}`,
            ...{ kind: 'found' as const, words: condition.display },
          },
        ]
      : [],
  )
  const went = conceptText(hospitalization?.dischargeDisposition)
  return [...found, ...(went ? [{ id: `${id}-went`, kind: 'went' as const, words: went }] : [])]
}

/** What other records tie to it, as far as this reader is shown them. */
function outcomesOf(encounter: string, records: readonly OutcomeRecord[]): readonly VisitOutcome[] {
  return records
    .filter((each) => each.encounter?.reference === `Encounter/${encounter}`)
    .flatMap((each) => outcomeOf(each) ?? [])
}

function outcomeOf(record: OutcomeRecord): VisitOutcome | undefined {
  const [kind, words] = saidBy(record)
  if (!words || notDone.includes(statusOf(record))) return undefined
  const plain =
    record.resourceType === 'Condition' ? plainCondition(record.code?.coding) : undefined
  return { id: `${record.resourceType}/${record.id}`, kind, words, ...given('plain', plain) }
}

function saidBy(record: OutcomeRecord): readonly [VisitOutcome['kind'], string | undefined] {
  switch (record.resourceType) {
    case 'Condition':
      return ['found', isWrong(record) ? undefined : conceptText(record.code)]
    case 'MedicationRequest':
      return [record.status === 'stopped' ? 'stopped' : 'medicine', medicineIn(record)]
    case 'ServiceRequest':
      return ['referred', conceptText(record.code)]
    case 'Procedure':
      return ['done', conceptText(record.code)]
  }
}

const notDone = ['not-done', 'revoked', 'entered-in-error', 'draft', 'preparation', 'cancelled']

const isWrong = ({ verificationStatus }: Condition) =>
  verificationStatus?.coding?.some(
    ({ code }) => code === 'entered-in-error' || code === 'refuted',
  ) ?? false

function medicineIn(request: MedicationRequest): string | undefined {
  const name =
    conceptText(request.medicationCodeableConcept) ?? request.medicationReference?.display
  return [name, request.dosageInstruction?.[0]?.text].filter(Boolean).join(', ') || undefined
}

const statusOf = (record: OutcomeRecord) =>
  record.resourceType === 'Condition' ? '' : (record.status ?? '')
