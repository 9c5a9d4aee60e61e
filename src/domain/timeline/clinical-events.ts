import type {
  AllergyIntolerance,
  Condition,
  Encounter,
  Immunization,
  MedicationRequest,
  MedicationStatement,
  Patient,
  Procedure,
} from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import { conceptText, named } from './concept.ts'
import type { StoryEvent } from './event.ts'

/** Fills in what every event of a record has; facts that the record lacks are left out instead of being empty. */
export function eventOf(
  record: Readonly<{ resourceType: string; id?: string | undefined }>,
  facts: Pick<StoryEvent, 'kind' | 'act' | 'named'> &
    Readonly<{ at?: string | undefined; until?: string | undefined; detail?: string | undefined }>,
): StoryEvent {
  const source = `${record.resourceType}/${record.id}`
  return {
    id: `${source}#${facts.act}`,
    kind: facts.kind,
    act: facts.act,
    named: facts.named,
    source,
    ...(facts.at ? { at: facts.at } : {}),
    ...(facts.until ? { until: facts.until } : {}),
    ...(facts.detail ? { detail: facts.detail } : {}),
  }
}

export function lifeEvents(person: Patient): readonly StoryEvent[] {
  const nothing = { kind: 'life', named: { as: 'none' } } as const
  const died = person.deceasedDateTime !== undefined || person.deceasedBoolean === true
  return [
    ...(person.birthDate
      ? [eventOf(person, { ...nothing, act: 'born', at: person.birthDate })]
      : []),
    ...(died ? [eventOf(person, { ...nothing, act: 'died', at: person.deceasedDateTime })] : []),
  ]
}

/** An illness, or a recorded need: both are a Condition, distinguished by its category. */
export function conditionEvents(condition: Condition): readonly StoryEvent[] {
  const isNeed = condition.category?.some((category) =>
    category.coding?.some((each) => each.code === 'health-concern'),
  )
  const facts = { kind: isNeed ? 'need' : 'condition', named: named(condition.code) } as const
  const began = condition.onsetDateTime ?? condition.onsetPeriod?.start ?? condition.recordedDate
  const ended = condition.abatementDateTime ?? condition.abatementPeriod?.end
  return [
    eventOf(condition, { ...facts, act: 'began', at: began, until: ended }),
    ...(ended ? [eventOf(condition, { ...facts, act: 'ended', at: ended })] : []),
  ]
}

/** `zone`: the service's; its days decide whether a stay goes over midnight. */
export function encounterEvents(encounter: Encounter, zone: string): readonly StoryEvent[] {
  const { start, end } = encounter.period ?? {}
  const detail = conceptText(encounter.reasonCode?.[0])
  const name = named(encounter.type?.[0])
  if (!hospitalClasses.includes(encounter.class?.code ?? ''))
    return [eventOf(encounter, { kind: 'contact', act: 'seen', named: name, at: start, detail })]
  const isOvernight =
    start !== undefined && end !== undefined && dayOf(start, zone) < dayOf(end, zone)
  const facts = { kind: 'admission', named: name, detail } as const
  return [
    eventOf(encounter, { ...facts, act: 'admitted', at: start, until: end }),
    ...(isOvernight ? [eventOf(encounter, { ...facts, act: 'discharged', at: end })] : []),
  ]
}

export function prescriptionEvents(request: MedicationRequest): readonly StoryEvent[] {
  const facts = { kind: 'medicine', named: named(request.medicationCodeableConcept) } as const
  const ended = request.dispenseRequest?.validityPeriod?.end
  const hasStopped = request.status === 'stopped' && ended !== undefined
  return [
    eventOf(request, {
      ...facts,
      act: 'prescribed',
      at: request.authoredOn,
      detail: request.dosageInstruction?.[0]?.text,
    }),
    ...(hasStopped ? [eventOf(request, { ...facts, act: 'stopped', at: ended })] : []),
  ]
}

export function medicineEvents(statement: MedicationStatement): readonly StoryEvent[] {
  const facts = { kind: 'medicine', named: named(statement.medicationCodeableConcept) } as const
  const { start, end } = statement.effectivePeriod ?? {}
  return [
    eventOf(statement, {
      ...facts,
      act: 'began',
      at: start ?? statement.effectiveDateTime ?? statement.dateAsserted,
      detail: statement.dosage?.[0]?.text,
    }),
    ...(end ? [eventOf(statement, { ...facts, act: 'stopped', at: end })] : []),
  ]
}

export function procedureEvents(procedure: Procedure): readonly StoryEvent[] {
  return [
    eventOf(procedure, {
      kind: 'procedure',
      act: procedure.status === 'not-done' ? 'not-given' : 'happened',
      named: named(procedure.code),
      at: procedure.performedDateTime ?? procedure.performedPeriod?.start,
    }),
  ]
}

export function immunisationEvents(immunisation: Immunization): readonly StoryEvent[] {
  return [
    eventOf(immunisation, {
      kind: 'immunisation',
      act: immunisation.status === 'not-done' ? 'not-given' : 'given',
      named: named(immunisation.vaccineCode),
      at: immunisation.occurrenceDateTime ?? immunisation.recorded,
    }),
  ]
}

export function allergyEvents(allergy: AllergyIntolerance): readonly StoryEvent[] {
  return [
    eventOf(allergy, {
      kind: 'allergy',
      act: 'recorded',
      named: named(allergy.code),
      at: allergy.onsetDateTime ?? allergy.recordedDate,
      detail: conceptText(allergy.reaction?.[0]?.manifestation[0]),
    }),
  ]
}
