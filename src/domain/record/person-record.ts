import type {
  AllergyIntolerance,
  Condition,
  Encounter,
  Immunization,
  MedicationRequest,
  MedicationStatement,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import { isCircumstance } from './circumstance.ts'
import { type MedicineUse, medicineUse } from './medicine-use.ts'
import { type PlainCondition, plainCondition } from './plain-condition.ts'
import { type RecordedResult, type ResultSources, recordedResults } from './recorded-result.ts'

/** What a medicine is for: as the record says, or what it is often for. */
export type WhatFor =
  | Readonly<{ isFromRecord: true; words: string; plain?: PlainCondition }>
  | Readonly<{ isFromRecord: false; use: MedicineUse }>

/** One line of what the record says about the person’s health. @unverified plain-words */
export type RecordEntry = Readonly<{
  id: string
  /** the word of the record */
  coded: string
  /** its entry in the glossary: the words are the screen’s, in the language of the reader */
  plain?: PlainCondition
  why?: WhatFor
  /** how it is taken, what the allergy does, why in hospital */
  detail?: string
  at?: string
  until?: string
  /** who recorded it, by name; absent if the record does not say */
  by?: string
  isOver: boolean
  /** how the person lives, or a risk: no illness */
  isCircumstance?: true
}>

export type PersonRecord = Readonly<{
  conditions: readonly RecordEntry[]
  medicines: readonly RecordEntry[]
  allergies: readonly RecordEntry[]
  stays: readonly RecordEntry[]
  vaccinations: readonly RecordEntry[]
  results: readonly RecordedResult[]
}>

export type RecordSources = ResultSources &
  Readonly<{
    conditions: readonly Condition[]
    medicines: readonly (MedicationRequest | MedicationStatement)[]
    allergies: readonly AllergyIntolerance[]
    encounters: readonly Encounter[]
    immunisations: readonly Immunization[]
  }>

/** What the record says, in the order in which somebody reads it: current before past, newest first. */
export function personRecord(sources: RecordSources, zone: string): PersonRecord {
  return {
    conditions: inOrder(sources.conditions.flatMap(conditionEntry)),
    medicines: inOrder(sources.medicines.flatMap(medicineEntry)),
    allergies: inOrder(sources.allergies.flatMap(allergyEntry)),
    stays: inOrder(sources.encounters.flatMap((each) => stayEntry(each, zone))),
    vaccinations: inOrder(sources.immunisations.flatMap(vaccinationEntry)),
    results: recordedResults(sources),
  }
}

const inOrder = (entries: readonly RecordEntry[]): readonly RecordEntry[] =>
  entries.toSorted(
    (one, other) =>
      Number(one.isOver) - Number(other.isOver) || (other.at ?? '').localeCompare(one.at ?? ''),
  )

type Facts = Readonly<{ coded: string | undefined; isOver: boolean }> &
  Readonly<{ [K in keyof RecordEntry]?: RecordEntry[K] | undefined }>

/** What the record does not say is left out. */
const entryOf = (
  { resourceType, id }: Resource,
  { coded = '', isOver, plain, why, detail, at, until, by, isCircumstance: is }: Facts,
): RecordEntry => ({
  ...{ id: `${resourceType}/${id}`, coded, isOver },
  ...given('plain', plain),
  ...given('why', why),
  ...given('detail', detail),
  ...given('at', at),
  ...given('until', until),
  ...given('by', by),
  ...given('isCircumstance', is),
})

const nameOf = (...references: readonly (Reference | undefined)[]) =>
  references.find((each) => each?.display)?.display

type Concept = { coding?: { code?: string }[] } | undefined
const isCoded = (concept: Concept, ...codes: readonly string[]) =>
  concept?.coding?.some(({ code }) => codes.includes(code ?? '')) ?? false

/** What is not over, in the words of the record: illnesses, and how the person lives and what they are at risk of. */
export function conditionsNow(
  conditions: readonly Condition[],
): Readonly<{ illnesses: readonly string[]; circumstances: readonly string[] }> {
  const now = inOrder(conditions.flatMap(conditionEntry)).filter(
    ({ coded, isOver }) => coded && !isOver,
  )
  const words = (some: readonly RecordEntry[]) => [...new Set(some.map(({ coded }) => coded))]
  return {
    illnesses: words(now.filter((each) => !each.isCircumstance)),
    circumstances: words(now.filter((each) => each.isCircumstance)),
  }
}

function conditionEntry(condition: Condition): readonly RecordEntry[] {
  const isNeed = condition.category?.some((each) => isCoded(each, 'health-concern'))
  const isWrong = isCoded(condition.verificationStatus, 'entered-in-error', 'refuted')
  if (isNeed || isWrong) return []
  const { abatementDateTime, abatementPeriod, onsetDateTime, onsetPeriod } = condition
  const ended = abatementDateTime ?? abatementPeriod?.end
  const isOver =
    ended !== undefined || isCoded(condition.clinicalStatus, 'resolved', 'inactive', 'remission')
  return [
    entryOf(condition, {
      coded: conceptText(condition.code),
      plain: plainCondition(condition.code?.coding),
      at: onsetDateTime ?? onsetPeriod?.start ?? condition.recordedDate,
      until: ended,
      by: nameOf(condition.recorder, condition.asserter),
      isOver,
      isCircumstance: isCircumstance(condition) || undefined,
    }),
  ]
}

const current: readonly string[] = ['active', 'on-hold', 'intended', 'unknown']

function medicineEntry(medicine: MedicationRequest | MedicationStatement): readonly RecordEntry[] {
  if (medicine.status === 'entered-in-error' || medicine.status === 'draft') return []
  const coded =
    conceptText(medicine.medicationCodeableConcept) ?? medicine.medicationReference?.display
  const isRequest = medicine.resourceType === 'MedicationRequest'
  return [
    entryOf(medicine, {
      coded,
      why: reasonFor(medicine, coded ?? ''),
      isOver: !current.includes(medicine.status ?? ''),
      ...(isRequest ? requested(medicine) : stated(medicine)),
    }),
  ]
}

function reasonFor(
  { reasonCode, reasonReference }: MedicationRequest | MedicationStatement,
  name: string,
): WhatFor | undefined {
  const reason = conceptText(reasonCode?.[0]) ?? reasonReference?.[0]?.display
  const plain = plainCondition(reasonCode?.[0]?.coding)
  if (reason) return { words: reason, isFromRecord: true, ...given('plain', plain) }
  const use = medicineUse(name)
  return use ? { use, isFromRecord: false } : undefined
}

const requested = ({ dosageInstruction, authoredOn, requester }: MedicationRequest) => ({
  detail: dosageInstruction?.[0]?.text,
  at: authoredOn,
  by: nameOf(requester),
})

const stated = (medicine: MedicationStatement) => ({
  detail: medicine.dosage?.[0]?.text,
  at: medicine.effectivePeriod?.start ?? medicine.effectiveDateTime ?? medicine.dateAsserted,
  until: medicine.effectivePeriod?.end,
  by: nameOf(medicine.informationSource),
})

function allergyEntry(allergy: AllergyIntolerance): readonly RecordEntry[] {
  if (isCoded(allergy.verificationStatus, 'entered-in-error', 'refuted')) return []
  return [
    entryOf(allergy, {
      coded: conceptText(allergy.code),
      detail: (allergy.reaction ?? [])
        .flatMap(({ manifestation }) => manifestation.flatMap((each) => conceptText(each) ?? []))
        .join(', '),
      at: allergy.onsetDateTime ?? allergy.recordedDate,
      by: nameOf(allergy.recorder, allergy.asserter),
      isOver: isCoded(allergy.clinicalStatus, 'resolved', 'inactive'),
    }),
  ]
}

/** v3-ActCode classes that mean a bed or an emergency department. */
const hospital = ['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS', 'EMER']
const notHeld = ['cancelled', 'entered-in-error', 'planned']

function stayEntry(encounter: Encounter, zone: string): readonly RecordEntry[] {
  const { start, end } = encounter.period ?? {}
  if (!hospital.includes(encounter.class?.code ?? '') || notHeld.includes(encounter.status))
    return []
  const [reason] = encounter.reasonCode ?? []
  return [
    entryOf(encounter, {
      coded: conceptText(reason) ?? conceptText(encounter.type?.[0]),
      plain: plainCondition(reason?.coding),
      at: start ? dayOf(start, zone) : undefined,
      until: end ? dayOf(end, zone) : undefined,
      by: nameOf(encounter.serviceProvider),
      isOver: end !== undefined,
    }),
  ]
}

function vaccinationEntry(vaccination: Immunization): readonly RecordEntry[] {
  if (vaccination.status !== 'completed') return []
  return [
    entryOf(vaccination, {
      coded: conceptText(vaccination.vaccineCode),
      at: vaccination.occurrenceDateTime ?? vaccination.recorded,
      by: nameOf(vaccination.performer?.[0]?.actor),
      isOver: false,
    }),
  ]
}
