import type { Condition, Encounter, Patient, Resource } from '@medplum/fhirtypes'
import { ageOn } from '#domain/calendar/age.ts'
import { addDays, dayWritten, reckonedDay } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { CodedCondition, Evidence } from '#domain/risk/evidence.ts'
import { conditionDate } from '#domain/risk/fhir.ts'
import type { PersonScore } from '#domain/risk/person-score.ts'
import { hospitalStays, type InpatientStay } from '#domain/risk/published/inpatient-stays.ts'
import { type RuleFacts, ruleFacts } from '#domain/rule/rule-facts.ts'
import { changeableFor } from './changeable.ts'
import { codedFacts } from './coded-facts.ts'
import { evidenceAsOf } from './evidence-as-of.ts'
import { likenessOf } from './likeness.ts'
import { segmentOf } from './segments.ts'

/** What the lists know about a person beside the scores: whom they are like, their segment, what could be changed. */
export type Stratum = Readonly<{
  /** null: nothing is coded, or the age is not known */
  likeness: string | null
  /** whom they were like a year ago */
  likeness_before: string | null
  /** whether an emergency stay began in the year since; null: it cannot be counted for them */
  stayed_since: boolean | null
  /** emergency stays that began in the last twelve months, and the nights of all of them */
  stays: number
  bed_days: number
  /** the same of the twelve months before */
  stays_before: number
  bed_days_before: number
  segment: string
  subsegment: string
  changeable: readonly string[]
  /** persistent high use: two emergency stays or more in each of the last two years */
  persistent: boolean
  /** fifth of the country’s streets by deprivation, 1 the poorest; null: not recorded */
  deprivation: number | null
  ethnicity: string | null
  /** BCP 47; null: not recorded */
  language: string | null
  gender: string | null
  /** the last contact with any service that is recorded */
  last_contact: string | null
}> &
  RuleFacts

type Facts = Readonly<{
  patient: Patient
  evidence: Evidence
  score: PersonScore
  hasCoordinator: boolean
}>
type Today = Readonly<{ day: string; zone: string }>

const year = 365

/** Works out one person’s stratum on a day. `records`: conditions, and encounters of the last two years. */
export function stratumOf(
  records: readonly Resource[],
  { patient, evidence, score, hasCoordinator }: Facts,
  { day, zone }: Today,
): Stratum {
  const encounters = records.filter((each): each is Encounter => each.resourceType === 'Encounter')
  const conditions = records.filter((each): each is Condition => each.resourceType === 'Condition')
  const yearAgo = addDays(day, -year)
  const stays = hospitalStays({ encounters, conditions, procedures: [] }, { day, zone }).filter(
    ({ isEmergency }) => isEmergency,
  )
  const recentStays = stays.filter(({ start }) => start > yearAgo)
  const before = stays.filter(({ start }) => start <= yearAgo && start > addDays(yearAgo, -year))
  const contacts = contactsOf(encounters, { day, zone })
  const facts = {
    ...codedFacts(evidence.conditions),
    ...{ age: ageOn(patient.birthDate, day), band: score.frailty.band },
    coded: score.coded && score.frailty.band !== 'unclear',
    stays: recentStays.length,
  }
  const changeable = changeableFor({
    ...facts,
    ...{ day, yearAgo, recentStays, hasCoordinator, monthAgo: addDays(day, -30) },
    medicines: evidence.medicines.length,
    lastContact: contacts.last,
    services: contacts.services,
  })
  // a frailty that codes leave open is never compared with the fit
  const isReadable = score.coded && score.frailty.band !== 'unclear'
  const comparable = isComparable(patient, evidence.conditions, yearAgo)
  return {
    likeness: isReadable ? likenessAt({ patient, evidence, stays: recentStays }, day) : null,
    likeness_before:
      comparable && isReadable
        ? likenessAt({ patient, evidence: evidenceAsOf(evidence, yearAgo), stays: before }, yearAgo)
        : null,
    stayed_since: comparable && isReadable ? recentStays.length > 0 : null,
    stays: recentStays.length,
    bed_days: nightsOf(recentStays),
    stays_before: before.length,
    bed_days_before: nightsOf(before),
    ...segmentOf(facts),
    changeable,
    persistent: recentStays.length >= 2 && before.length >= 2,
    ...whereAndWho(patient),
    last_contact: contacts.last ?? null,
    ...ruleFacts(
      { patient, evidence, stays, today: facts, livesAlone: changeable.includes('alone') },
      day,
    ),
  }
}

const nightsOf = (stays: readonly InpatientStay[]) => stays.reduce((sum, { days }) => sum + days, 0)

function likenessAt(
  facts: Readonly<{ patient: Patient; evidence: Evidence; stays: readonly InpatientStay[] }>,
  day: string,
): string | null {
  const age = ageOn(facts.patient.birthDate, day)
  if (age === undefined || age < 0) return null
  const { deficits } = codedFacts(facts.evidence.conditions)
  return likenessOf({ age, deficits: deficits.size, stays: facts.stays.length })
}

/**
 * Days on which a stratum changes by itself: contacts and stays leave the twelve months and the year before them, a
 * discharge is a month ago, a condition or a death a year; ages 18, 65 and 80, also a year later for the year before. A
 * stay that goes on has one more night tomorrow.
 */
export function stratumDays(
  records: readonly Resource[],
  { birthDate, deceasedDateTime }: Patient,
  { day, zone }: Today,
): readonly string[] {
  const days = records.flatMap((each) => {
    if (each.resourceType === 'Condition') {
      const date = conditionDate(each)
      return date ? [1, 2].map((years) => addDays(dayWritten(date), years * year)) : []
    }
    return each.resourceType === 'Encounter' ? encounterDays(each, { day, zone }) : []
  })
  const died = deceasedDateTime ? [addDays(dayWritten(deceasedDateTime), year)] : []
  const birthdays = birthDate ? [18, 65, 80].map((age) => birthdayOf(birthDate, age)) : []
  return [...days, ...died, ...birthdays, ...birthdays.map((each) => addDays(each, year))]
}

function encounterDays({ period, status }: Encounter, { day, zone }: Today): readonly string[] {
  const start = period?.start && dayOf(period.start, zone)
  const end = period?.end && dayOf(period.end, zone)
  return [
    ...(start ? [start, addDays(start, year), addDays(start, 2 * year)] : []),
    ...(end ? [end, addDays(end, 31)] : status === 'in-progress' ? [addDays(day, 1)] : []),
  ]
}

const birthdayOf = (birthDate: string, age: number): string => {
  const [born = 0, month = 1, date = 1] = dayWritten(birthDate).split('-').map(Number)
  return reckonedDay(Date.UTC(born + age, month - 1, date))
}

/** Alive a year ago, and with something coded then or without a date. */
function isComparable(
  { birthDate, deceasedDateTime, deceasedBoolean }: Patient,
  conditions: readonly CodedCondition[],
  yearAgo: string,
): boolean {
  if (!birthDate || dayWritten(birthDate) > yearAgo) return false
  if (deceasedBoolean && !deceasedDateTime) return false
  if (deceasedDateTime && dayWritten(deceasedDateTime) <= yearAgo) return false
  return conditions.some(({ date }) => !date || dayWritten(date) <= yearAgo)
}

const neverWas = ['cancelled', 'entered-in-error', 'planned']

function contactsOf(encounters: readonly Encounter[], { day, zone }: Today) {
  const were = encounters
    .filter(({ status }) => !neverWas.includes(status))
    .flatMap(({ period, serviceProvider }) => {
      const start = period?.start && dayOf(period.start, zone)
      return start && start <= day ? [{ start, service: serviceProvider?.reference }] : []
    })
  const recent = were.filter(({ start }) => start > addDays(day, -year))
  return {
    last: were
      .map(({ start }) => start)
      .toSorted()
      .at(-1),
    services: new Set(recent.flatMap(({ service }) => service ?? [])).size,
  }
}

const fifthUrl = gableUrl('deprivation-fifth')
/** The extension of HL7 UK Core for the ethnic category of a person. */
const ethnicUrl = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory'

function whereAndWho({ extension = [], communication = [], gender }: Patient) {
  const ethnic = extension.find(({ url }) => url === ethnicUrl)?.valueCodeableConcept
  const spoken = communication.find(({ preferred }) => preferred) ?? communication[0]
  return {
    deprivation: extension.find(({ url }) => url === fifthUrl)?.valueInteger ?? null,
    ethnicity: ethnic?.coding?.[0]?.code ?? null,
    language: spoken?.language.coding?.[0]?.code ?? null,
    gender: gender ?? null,
  }
}
