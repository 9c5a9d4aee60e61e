import type { Encounter, EpisodeOfCare, Extension, Patient, Resource } from '@medplum/fhirtypes'
import { addDays, firstDayOf } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isInUse, joinedInto, standsFor } from '#domain/person/joined.ts'
import { nameChanges } from '#domain/person/shown-name.ts'
import { type Stratum, stratumDays, stratumOf } from '#domain/stratification/stratum.ts'
import { charlsonAgeDays } from './charlson.ts'
import { evidenceOf } from './fhir.ts'
import type { FrailtyBand } from './frailty.ts'
import { type PersonScore, scorePerson } from './person-score.ts'
import { plainWords } from './plain-words.ts'

/** What a worklist knows about one person. Scores are null if no condition is recorded at all. */
export type PersonFacts = Readonly<{
  family: string | null
  given: string | null
  title: string | null
  search: string
  /** whole family names, in plain words: a full name is searched for in them */
  families: string
  birth_date: string | null
  deceased: boolean
  nhs: string | null
  /** false: the record was set aside, or joined to another */
  in_use: boolean
  /** the record in use since both were joined */
  replaced_by: string | null
  charlson: number | null
  frailty: number | null
  band: FrailtyBand | null
  /** emergency hospital visits and stays that began in the last twelve months */
  admissions: number
  medicines: number
  conditions: readonly string[]
  unmapped: number
  coded: boolean
  case_id: string | null
  case_status: EpisodeOfCare['status'] | null
  coordinator: string | null
  not_now: string | null
  /** of “not now”: the coordinator is who decided; the day from which the person is listed again; who decided, and on which day */
  look_again: string | null
  decided_by: string | null
  decided_on: string | null
  rank: number
  worked_out: string
  /** the next day on which something here changes by itself; null: none that is known */
  changes_on: string | null
}> &
  Stratum

type PersonDay = Readonly<{ day: string; zone: string }>

const notNowUrl = gableUrl('not-now')

/**
 * Derives one person's row from their records; undefined without a Patient record. `byId`: the records joined with
 * theirs.
 */
export function personFacts(
  records: readonly Resource[],
  { day, zone }: PersonDay,
  byId: (id: string) => Patient | undefined,
): PersonFacts | undefined {
  const patient = records.find((each): each is Patient => each.resourceType === 'Patient')
  if (!patient) return undefined
  const evidence = evidenceOf(records)
  const score = scorePerson(evidence, day)
  const began = emergencies(ofType<Encounter>(records, 'Encounter'), zone)
  const admissions = began.filter((each) => each >= addDays(day, -365) && each <= day).length
  const theirCase = caseOf(ofType<EpisodeOfCare>(records, 'EpisodeOfCare'), { day, zone })
  const hasCoordinator = open.includes(theirCase.case_status ?? '')
  return {
    ...whoIs(patient, day),
    ...foundBy([patient, ...joinedInto(patient, byId)]),
    in_use: isInUse(patient),
    replaced_by: standsFor(patient, byId) ?? null,
    ...scores(score),
    admissions,
    medicines: evidence.medicines.length,
    conditions: [
      ...new Set(evidence.conditions.filter((each) => !each.left).map((each) => each.display)),
    ],
    unmapped: score.unmapped.length,
    coded: score.coded,
    ...theirCase,
    ...stratumOf(records, { patient, evidence, score, hasCoordinator }, { day, zone }),
    rank: rankOf(score, admissions),
    worked_out: day,
    changes_on: nextChange(
      patient,
      [
        ...began.flatMap((each) => [each, addDays(each, 366)]),
        ...stratumDays(records, patient, { day, zone }),
        ...(theirCase.look_again ? [theirCase.look_again] : []),
      ],
      day,
    ),
  }
}

function ofType<T extends Resource>(
  records: readonly Resource[],
  type: T['resourceType'],
): readonly T[] {
  return records.filter((each): each is T => each.resourceType === type)
}

function whoIs(patient: Patient, day: string) {
  const person = personFromFhir(patient, day)
  return {
    family: person.family ?? null,
    given: person.given ?? null,
    title: person.title ?? null,
    birth_date: person.birthDate ?? null,
    deceased: person.died !== undefined,
    nhs: person.nhsNumber?.replace(/[\s-]/g, '') ?? null,
  }
}

/** A person is found by every name and number that any of these records has. */
function foundBy(patients: readonly Patient[]) {
  const names = patients.flatMap(({ name }) => name ?? [])
  const numbers = patients.flatMap(({ identifier }) => identifier ?? [])
  const families = names.flatMap(({ family }) => wordsOfName(family))
  const words = [
    ...families,
    ...names.flatMap(({ text, given }) => [text, ...(given ?? [])].flatMap(wordsOfName)),
    ...numbers.flatMap(({ value = '' }) => [...plainWords(value), numberIn(value)]),
  ]
  return { search: asOne(words), families: asOne(families) }
}

/** "van den Berg" is searched for as berg and as vandenberg. */
function wordsOfName(name = ''): readonly string[] {
  const words = plainWords(name)
  return [...words, words.join('')]
}

/** A number that was written in groups is one word. */
const numberIn = (value: string) => (/^[\d\s-]+$/.test(value) ? value.replace(/\D/g, '') : '')

const asOne = (words: readonly string[]) =>
  [...new Set(words)]
    .filter(Boolean)
    .map((word) => ` ${word}`)
    .join('')

function scores({ coded, charlson, frailty }: PersonScore) {
  return coded
    ? { charlson: charlson.score, frailty: frailty.count, band: frailty.band }
    : { charlson: null, frailty: null, band: null }
}

/** Our own ordering, not a validated prediction: frailty count, then Charlson, then emergency visits and stays. */
function rankOf({ coded, charlson, frailty }: PersonScore, admissions: number): number {
  if (!coded) return -1
  return frailty.count * 10_000 + charlson.score * 100 + Math.min(99, admissions)
}

/** The days on which emergency visits and stays began. */
function emergencies(encounters: readonly Encounter[], zone: string): readonly string[] {
  return encounters
    .filter(isEmergency)
    .flatMap(({ period }) => (period?.start ? [dayOf(period.start, zone)] : []))
}

/** A birthday that adds a point, another name, or a day on which something leaves the months that count. */
function nextChange(
  { birthDate, name }: Patient,
  others: readonly string[],
  day: string,
): string | null {
  let next: string | null = null
  for (const some of [charlsonAgeDays(birthDate), nameChanges(name), others])
    for (const each of some.map(firstDayOf))
      if (each > day && (next === null || each < next)) next = each
  return next
}

const planned = ['planned', 'EL', 'elective', 'R']
const neverWas = ['cancelled', 'entered-in-error', 'planned']

/** Inpatient stays count unless the record says that they were planned. */
function isEmergency({ class: kind, priority, status }: Encounter): boolean {
  if (neverWas.includes(status)) return false
  if (kind?.code === 'EMER') return true
  const isPlanned = priority?.coding?.some((coding) => planned.includes(coding.code ?? ''))
  return kind?.code === 'IMP' && !isPlanned
}

const open = ['active', 'onhold']

/** A decision to look again on a day counts until then; from that day on the person is listed, with the decision. */
function caseOf(episodes: readonly EpisodeOfCare[], { day, zone }: PersonDay) {
  const standing = episodes
    .filter((each) => each.status !== 'entered-in-error' && !isUndone(each))
    .toSorted(openFirstThenNewest)[0]
  const decision = notNowOf(standing, zone)
  const isDue = decision.look_again !== null && decision.look_again <= day
  return {
    case_id: standing?.id ?? null,
    case_status: isDue ? ('planned' as const) : (standing?.status ?? null),
    coordinator: standing?.careManager?.display ?? null,
    ...decision,
  }
}

/** Who decided, and when, is only what the service wrote down itself (`written`). */
function notNowOf(standing: EpisodeOfCare | undefined, zone: string) {
  if (standing?.status !== 'cancelled')
    return { not_now: null, look_again: null, decided_by: null, decided_on: null }
  const lookAgain = extensionOf(standing, 'look-again')?.valueDate
  const decided = extensionOf(standing, 'written') && writtenFrom(standing, undefined)
  return {
    not_now: notNowReason(standing.extension),
    look_again: lookAgain ? firstDayOf(lookAgain) : null,
    decided_by: decided?.by.reference || null,
    decided_on: decided ? firstDayOf(dayOf(decided.at, zone)) : null,
    ...(decided?.by.name ? { coordinator: decided.by.name } : {}),
  }
}

/** Cancelled without a reason for "not now": it was undone. */
function isUndone(episode: EpisodeOfCare): boolean {
  return episode.status === 'cancelled' && notNowReason(episode.extension) === null
}

function openFirstThenNewest(one: EpisodeOfCare, other: EpisodeOfCare): number {
  const isOpen = (each: EpisodeOfCare) => (open.includes(each.status) ? 1 : 0)
  return (
    isOpen(other) - isOpen(one) ||
    (other.period?.start ?? '').localeCompare(one.period?.start ?? '')
  )
}

function notNowReason(extensions: readonly Extension[] | undefined): string | null {
  const found = extensions?.find((each) => each.url === notNowUrl)
  if (!found) return null
  const reason = found.extension?.find((each) => each.url === 'reason')
  return reason?.valueString ?? found.valueString ?? found.valueCodeableConcept?.text ?? ''
}
