import type { Parameters, ParametersParameter, RiskAssessment } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir } from '#client/fhir/fhir-client.ts'
import { whoAmI } from '#client/session/who-am-i.ts'

export type FindFilters = Readonly<{
  text: string
  band: string
  ageFrom?: number
  ageTo?: number
  condition: string
  known: string
  unscored: boolean
  /** from one */
  page: number
}>

export const peoplePerPage = 20

export type FoundPerson = Readonly<{
  id: string
  family?: string
  given?: string
  title?: string
  birthDate?: string
  nhsNumber?: string
  charlson?: number
  frailty?: number
  band?: string
  admissions: number
  medicines: number
  conditions: readonly string[]
  case?: string
  caseStatus?: string
  coordinator?: string
  notNow?: string
  died?: boolean
  /** the record is no longer in use */
  setAside?: boolean
}>

export type FacetCount = Readonly<{ value: string; count: number }>

const worklistKinds = [
  'Patient',
  'Condition',
  'Encounter',
  'MedicationRequest',
  'MedicationStatement',
  'EpisodeOfCare',
]

/** One page of people who could be helped, in the server's order, and the count for each filter. */
export const findPeopleQuery = (filters: FindFilters) =>
  queryOptions({
    queryKey: ['find-people', filters],
    queryFn: async ({ signal }) =>
      foundFrom(await fhir.operation('Patient/$find-people', asked(filters), signal)),
    meta: { kinds: worklistKinds },
  })

function asked({ text, band, condition, known, unscored, ...rest }: FindFilters): Parameters {
  const words: readonly (readonly [string, string])[] = [
    ['text', text],
    ['band', band],
    ['condition', condition],
    ['known', known],
  ]
  const numbers: readonly (readonly [string, number | undefined])[] = [
    ['ageFrom', rest.ageFrom],
    ['ageTo', rest.ageTo],
    ['count', peoplePerPage],
    ['offset', (rest.page - 1) * peoplePerPage],
  ]
  return {
    resourceType: 'Parameters',
    parameter: [
      ...words.flatMap(([name, valueString]) => (valueString ? [{ name, valueString }] : [])),
      ...numbers.flatMap(([name, valueInteger]) =>
        valueInteger === undefined ? [] : [{ name, valueInteger }],
      ),
      { name: 'unscored', valueBoolean: unscored },
    ],
  }
}

function foundFrom({ parameter = [] }: Parameters) {
  const facet = (of: string): readonly FacetCount[] =>
    parameter
      .filter((each) => each.name === 'facet' && partOf(each, 'of')?.valueCode === of)
      .map((each) => ({ value: textIn(each, 'value') ?? '', count: numberIn(each, 'count') ?? 0 }))
  const count = (name: string) => parameter.find((each) => each.name === name)?.valueInteger ?? 0
  return {
    total: count('total'),
    unscored: count('unscored'),
    bands: facet('band'),
    known: facet('known'),
    conditions: facet('condition'),
    people: parameter.filter((each) => each.name === 'person').map(personIn),
  }
}

export type FoundPeople = ReturnType<typeof foundFrom>

function personIn(found: ParametersParameter): FoundPerson {
  const facts = Object.fromEntries(
    (found.part ?? [])
      .filter((each) => each.name !== 'condition')
      .map((each) => [each.name, each.valueString ?? each.valueInteger ?? each.valueBoolean]),
  )
  return {
    id: '',
    admissions: 0,
    medicines: 0,
    ...(facts as Partial<FoundPerson>),
    conditions: (found.part ?? []).flatMap((each) =>
      each.name === 'condition' && each.valueString ? [each.valueString] : [],
    ),
  }
}

const partOf = (within: ParametersParameter | undefined, name: string) =>
  within?.part?.find((each) => each.name === name)
const textIn = (within: ParametersParameter | undefined, name: string) => {
  const part = partOf(within, name)
  return part?.valueString ?? part?.valueCode
}
const numberIn = (within: ParametersParameter | undefined, name: string) =>
  partOf(within, name)?.valueInteger

export const scoreQueries = {
  /** Both current scores of one person, with the records they are based on. */
  today: (person: string) =>
    queryOptions({
      queryKey: ['score', person],
      queryFn: async ({ signal }) =>
        scoreFrom(await fhir.operation(`Patient/${person}/$score`, undefined, signal)),
      meta: { kinds: ['Patient', 'Condition', 'MedicationRequest', 'MedicationStatement'] },
    }),
  /** Saved scores, newest first. */
  recorded: (person: string) =>
    queryOptions({
      queryKey: ['risk-assessments', person],
      queryFn: async ({ signal }) =>
        (await allRecords('RiskAssessment', { patient: `Patient/${person}` }, signal)).toSorted(
          (one, other) =>
            (other.occurrenceDateTime ?? '').localeCompare(one.occurrenceDateTime ?? ''),
        ),
      meta: { kinds: ['RiskAssessment'] },
    }),
}

export type ScoreEvidence = Readonly<{
  record: string
  display: string
  code?: string
  date?: string
}>

function evidenceIn(within: ParametersParameter): ScoreEvidence {
  const code = textIn(within, 'code')
  const date = textIn(within, 'date')
  return {
    record: partOf(within, 'record')?.valueReference?.reference ?? '',
    display: textIn(within, 'display') ?? '',
    ...(code ? { code } : {}),
    ...(date ? { date } : {}),
  }
}

const named = (parts: readonly ParametersParameter[] | undefined, name: string) =>
  (parts ?? []).filter((each) => each.name === name)

function reasons(score: ParametersParameter | undefined, name: string) {
  return named(score?.part, name).map((each) => ({
    code: textIn(each, 'code') ?? '',
    points: numberIn(each, 'points') ?? 1,
    inputs: named(each.part, 'input').map(evidenceIn),
  }))
}

function scoreFrom({ parameter }: Parameters) {
  const charlson = named(parameter, 'charlson')[0]
  const frailty = named(parameter, 'frailty')[0]
  return {
    charlson: {
      score: numberIn(charlson, 'score') ?? 0,
      age: numberIn(charlson, 'age'),
      agePoints: numberIn(charlson, 'agePoints'),
      reasons: reasons(charlson, 'group'),
    },
    frailty: {
      count: numberIn(frailty, 'count') ?? 0,
      band: textIn(frailty, 'band') ?? 'unclear',
      /** conditions whose codes could not be read: the true count may be higher */
      unread: numberIn(frailty, 'unread') ?? 0,
      reasons: reasons(frailty, 'deficit'),
    },
    missing: named(parameter, 'missing').map((each) => each.valueCode ?? ''),
    unmapped: named(parameter, 'unmapped').map(evidenceIn),
    leftOut: named(parameter, 'leftOut').map((each) => ({
      ...evidenceIn(each),
      why: textIn(each, 'why') ?? '',
    })),
  }
}

export type ScoreOfToday = ReturnType<typeof scoreFrom>

type Recorded = Readonly<{ charlson: string; frailty: string; missing: string }>

/** Saves both current scores, with their evidence. The text of result and gaps comes from the screen. */
export async function recordScore(
  person: string,
  score: ScoreOfToday,
  words: Recorded,
): Promise<void> {
  const facts = (method: string, text: string, inputs: readonly ScoreEvidence[]) => ({
    resourceType: 'RiskAssessment' as const,
    id: crypto.randomUUID(),
    status: 'final' as const,
    subject: { reference: `Patient/${person}` },
    occurrenceDateTime: now().toISOString(),
    performer: { reference: whoAmI(person).reference, display: whoAmI(person).name },
    method: { coding: [{ system: 'https://gable.example/codes', code: method }] },
    basis: [...new Set(inputs.map((each) => each.record))].map((reference) => ({ reference })),
    prediction: [{ qualitativeRisk: { text } }],
    ...(words.missing ? { note: [{ text: words.missing }] } : {}),
  })
  const inputsOf = ({ reasons: all }: ScoreOfToday['charlson'] | ScoreOfToday['frailty']) =>
    all.flatMap((each) => each.inputs)
  const records: readonly (RiskAssessment & { id: string })[] = [
    facts('charlson-age', words.charlson, inputsOf(score.charlson)),
    facts('frailty-count', words.frailty, inputsOf(score.frailty)),
  ].map(({ basis, ...rest }) => (basis.length > 0 ? { ...rest, basis } : rest))
  await fhir.transaction(records.map((each) => createEntry(each)))
  await noteChangeEvent(['RiskAssessment'])
}
