import type { CodeableConcept, Condition, Encounter, Procedure } from '@medplum/fhirtypes'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import type { CodedCondition, ScoreInput } from '#domain/risk/evidence.ts'
import { codedCondition, conceptCodings } from '#domain/risk/fhir.ts'

/** A stay in hospital, as scores at discharge need it. Days are `YYYY-MM-DD` in the service’s zone. */
export type InpatientStay = Readonly<{
  /** reference, `Encounter/<id>` */
  record: string
  display: string
  start: string
  /** absent while the person is still there */
  end?: string
  /** nights between the first and the last day; up to `until` for a stay that goes on */
  days: number
  isEmergency: boolean
  /** the record says whether it was an emergency or planned */
  isKindSaid: boolean
  isOncology: boolean
  isObstetric: boolean
  diagnoses: readonly CodedCondition[]
  procedures: readonly ScoreInput[]
}>

/** A visit to an emergency department. */
export type EmergencyVisit = Readonly<{
  record: string
  day: string
  /** the day on which it ended; absent if the record does not say */
  until?: string
  display: string
}>

type StayRecords = Readonly<{
  encounters: readonly Encounter[]
  conditions: readonly Condition[]
  procedures: readonly Procedure[]
}>

/** v3-ActCode: inpatient, acute inpatient, non-acute inpatient. */
const inpatient = ['IMP', 'ACUTE', 'NONAC']
const neverWas = ['cancelled', 'entered-in-error', 'planned']
const plannedWords = ['planned', 'EL', 'elective', 'R']
const urgentWords = ['EM', 'UR', 'S', 'A', 'CS', 'CR', 'emergency', 'urgent', 'stat', 'asap']

/** Stays that began on `day` or before, oldest first; a stay that ended later still goes on. */
export function hospitalStays(
  records: StayRecords,
  { day, zone }: Readonly<{ day: string; zone: string }>,
): readonly InpatientStay[] {
  return records.encounters
    .filter((each) => inpatient.includes(each.class?.code ?? '') && !neverWas.includes(each.status))
    .flatMap((each) => {
      const start = each.period?.start && dayOf(each.period.start, zone)
      return start && start <= day ? [stayOf(each, start, { records, day, zone })] : []
    })
    .toSorted((one, other) => one.start.localeCompare(other.start))
}

type Asked = Readonly<{ records: StayRecords; day: string; zone: string }>

function stayOf(encounter: Encounter, start: string, { records, day, zone }: Asked): InpatientStay {
  const left = encounter.period?.end && dayOf(encounter.period.end, zone)
  const end = left && left <= day ? left : undefined
  const kind = kindOf(encounter)
  return {
    record: `Encounter/${encounter.id}`,
    display: nameOf(encounter),
    start,
    ...(end ? { end } : {}),
    days: daysBetween(start, end ?? day),
    isEmergency: kind !== 'planned',
    isKindSaid: kind !== undefined,
    isOncology: isOfService(encounter, oncology, /oncolog/i),
    isObstetric: isOfService(encounter, obstetrics, /obstetric|midwi|maternity/i),
    diagnoses: diagnosesOf(encounter, records.conditions),
    procedures: proceduresOf(encounter, records.procedures, { start, end: end ?? day, zone }),
  }
}

/** By the priority of the record, or by the English method of admission: 1 planned, 2 emergency. */
function kindOf({ priority, hospitalization }: Encounter): 'planned' | 'emergency' | undefined {
  const words = [priority, hospitalization?.admitSource].flatMap((each) => [
    ...(each?.coding ?? []).map(({ code = '' }) => code),
    ...(each?.text ? [each.text] : []),
  ])
  if (words.some((word) => plannedWords.includes(word) || /^1[1-3]$/.test(word))) return 'planned'
  const isUrgent = (word: string) => urgentWords.includes(word) || /^2[1-8A-D]$/.test(word)
  return words.some(isUrgent) ? 'emergency' : undefined
}

/** SNOMED CT specialties, and the treatment function codes of the NHS. */
const oncology = ['394593009', '394592004', '394916005', '800', '370', '823']
const obstetrics = ['394585009', '309904001', '501', '560']

function isOfService(
  { serviceType, type = [] }: Encounter,
  codes: readonly string[],
  words: RegExp,
): boolean {
  return [...(serviceType ? [serviceType] : []), ...type].some(
    (each) =>
      each.coding?.some(
        ({ code = '', display = '' }) => codes.includes(code) || words.test(display),
      ) || words.test(each.text ?? ''),
  )
}

const nameOf = ({ reasonCode = [], type = [], serviceType }: Encounter): string =>
  [...reasonCode, ...type, ...(serviceType ? [serviceType] : [])]
    .map((each) => each.text ?? each.coding?.find(({ display }) => display)?.display)
    .find(Boolean) ?? ''

const neverTrue = ['refuted', 'entered-in-error']

/** What was diagnosed in the stay: conditions that name it, conditions that it names, and its coded reasons. */
function diagnosesOf(
  { id, diagnosis = [], reasonCode = [] }: Encounter,
  conditions: readonly Condition[],
): readonly CodedCondition[] {
  const named = new Set(diagnosis.map(({ condition }) => condition?.reference))
  const recorded = conditions
    .filter(
      (each) =>
        each.encounter?.reference === `Encounter/${id}` || named.has(`Condition/${each.id}`),
    )
    .filter((each) => !neverTrue.includes(each.verificationStatus?.coding?.[0]?.code ?? ''))
    .map(codedCondition)
  const reasons = reasonCode.filter((each) => each.coding?.length).map((each) => reasonOf(id, each))
  return [...recorded, ...reasons]
}

const reasonOf = (id: string | undefined, reason: CodeableConcept): CodedCondition => ({
  record: `Encounter/${id}`,
  codings: conceptCodings(reason),
  display: reason.text ?? reason.coding?.[0]?.display ?? reason.coding?.[0]?.code ?? '',
})

function proceduresOf(
  { id }: Encounter,
  procedures: readonly Procedure[],
  { start, end, zone }: Readonly<{ start: string; end: string; zone: string }>,
): readonly ScoreInput[] {
  return procedures
    .filter((each) => each.status === 'completed' || each.status === 'in-progress')
    .filter((each) => {
      if (each.encounter?.reference) return each.encounter.reference === `Encounter/${id}`
      const at = each.performedDateTime ?? each.performedPeriod?.start
      const day = at && dayOf(at, zone)
      return day !== undefined && day >= start && day <= end
    })
    .map((each) => {
      const date = each.performedDateTime ?? each.performedPeriod?.start
      return {
        record: `Procedure/${each.id}`,
        code: each.code?.coding?.[0]?.code ?? '',
        display: each.code?.text ?? each.code?.coding?.[0]?.display ?? '',
        ...(date ? { date } : {}),
      }
    })
}

/** Visits to an emergency department that began on `day` or before. */
export function emergencyVisits(
  encounters: readonly Encounter[],
  { day, zone }: Readonly<{ day: string; zone: string }>,
): readonly EmergencyVisit[] {
  return encounters
    .filter((each) => each.class?.code === 'EMER' && !neverWas.includes(each.status))
    .flatMap((each) => {
      const start = each.period?.start && dayOf(each.period.start, zone)
      if (!start || start > day) return []
      const until = each.period?.end && dayOf(each.period.end, zone)
      const visit = { record: `Encounter/${each.id}`, day: start, display: nameOf(each) }
      return [{ ...visit, ...(until ? { until } : {}) }]
    })
}

/** The last stay that has ended, on the day of asking or before. */
export const lastDischarge = (stays: readonly InpatientStay[]): InpatientStay | undefined =>
  stays
    .filter(({ end }) => end)
    .toSorted((one, other) => (other.end ?? '').localeCompare(one.end ?? ''))[0]

/** The diagnoses of stays that ended, or go on, in the two years before `day`; each record once. */
export function hospitalDiagnoses(
  stays: readonly InpatientStay[],
  day: string,
): readonly CodedCondition[] {
  const from = addDays(day, -730)
  const found = stays.filter(({ end }) => !end || end >= from).flatMap(({ diagnoses }) => diagnoses)
  return [...new Map(found.map((each) => [each.record + each.display, each])).values()]
}

export const stayInput = ({ record, display, start }: InpatientStay): ScoreInput => ({
  ...{ record, code: '', display, date: start },
})
