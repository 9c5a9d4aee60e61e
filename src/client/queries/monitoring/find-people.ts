import type { RiskAssessment } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir } from '#client/fhir/fhir-client.ts'
import { askAgainAfter } from '#client/fhir/query-client.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { findPeopleRequest, foundPeople, workingOut } from '#domain/case/find-people.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { day, type In, parameters } from '#domain/fhir/parameters.ts'
import { scoredKinds } from '#domain/risk/published/scored-kinds.ts'
import { scoreHistoryParameters } from '#domain/risk/score-history-parameters.ts'
import {
  type ScoreEvidence,
  type ScoreOfToday,
  scoreParameters,
} from '#domain/risk/score-parameters.ts'

export type FindFilters = Readonly<{
  text: string
  band: string
  ageFrom?: number
  ageTo?: number
  condition: string
  known: string
  segment: string
  changeable: string
  /** a need that no score counts */
  flag: string
  /** id of a rule that is switched on */
  rule: string
  order: string
  unscored: boolean
  /** id of the saved list that brought these filters */
  list?: string
  /** from one */
  page: number
}>

export const peoplePerPage = 20
export const listKey = 'find-people'

const worklistKinds = [
  'Patient',
  'Condition',
  'Encounter',
  'MedicationRequest',
  'MedicationStatement',
  'EpisodeOfCare',
  'Consent',
]

/**
 * One page of people who could be helped, in the server's order, and the count for each filter. The server works people
 * out first, for a second at most; not if it is asked for the list `asItIs`.
 */
export const findPeopleQuery = (filters: FindFilters, asItIs = false) =>
  queryOptions({
    queryKey: [listKey, filters],
    queryFn: async ({ signal }) => {
      const asked = requestOf(filters, asItIs)
      return foundIn(foundPeople.read(await fhir.operation('Patient/$find-people', asked, signal)))
    },
    meta: { kinds: [...worklistKinds, 'Group'] },
  })

/** Milliseconds until the next people are worked out, and until it is asked whether somebody else has done it. */
const betweenParts = { working: 100, stopped: 30_000 } as const

/**
 * How much of the lists is left to work out since this list was loaded; nobody is shown. Each time it is asked some of it is done, or none once that is
 * stopped: then others may do it. After an error it waits like everything else that failed.
 */
export const leftToWorkOutQuery = (listedAt: number, isStopped: boolean) =>
  queryOptions({
    queryKey: ['left-to-work-out', listedAt, isStopped],
    queryFn: async ({ signal }) => {
      const asked = findPeopleRequest.write({
        ...{ leftOnly: true, unscored: false },
        ...(isStopped ? { asItIs: true } : {}),
      })
      const answer = await fhir.operation('Patient/$find-people', asked, signal)
      const { notWorkedOut = 0, stepsLeft = 0 } = workingOut.read(answer)
      return { people: notWorkedOut, steps: stepsLeft }
    },
    gcTime: 0,
    refetchInterval: ({ state }) => {
      if (state.status === 'error') return askAgainAfter
      if (state.data?.people === 0) return false
      return betweenParts[isStopped ? 'stopped' : 'working']
    },
  })

const requestOf = ({ page, ...filters }: FindFilters, asItIs: boolean) =>
  findPeopleRequest.write({
    ...askedOf(filters),
    ...{ count: peoplePerPage, offset: (page - 1) * peoplePerPage },
    ...(asItIs ? { asItIs } : {}),
  })

/** A saved list brings its own filters: the service knows them. */
const askedOf = ({ list, ...rest }: Omit<FindFilters, 'page'>) =>
  list ? { cohort: list, order: rest.order, unscored: false } : rest

/** All pages of the list. */
export const listRequestOf = (filters: Omit<FindFilters, 'page'>) =>
  findPeopleRequest.write(askedOf(filters))

function foundIn({ facets, ...found }: In<typeof foundPeople>) {
  const facet = (of: string) => facets.filter((each) => each.of === of)
  return {
    ...found,
    ...{ bands: facet('band'), known: facet('known'), conditions: facet('condition') },
    ...{ segments: facet('segment'), changeables: facet('changeable') },
    ...{ flags: facet('flag'), notKnown: facet('not-known') },
    ruleCounts: facet('rule'),
    ...{ costs: facet('cost'), outside: facet('outside') },
  }
}

export type FoundPeople = ReturnType<typeof foundIn>

const dayRequest = parameters({ date: day })

export const scoreQueries = {
  /** The current scores of one person, with the records they are based on. */
  today: (person: string) =>
    queryOptions({
      queryKey: ['score', person],
      queryFn: async ({ signal }) =>
        scoreParameters.read(await fhir.operation(`Patient/${person}/$score`, undefined, signal)),
      meta: { kinds: [...scoredKinds] },
    }),
  /** The scores as the record shows them on a day in the past. */
  on: (person: string, date: string) =>
    queryOptions({
      queryKey: ['score', person, date],
      queryFn: async ({ signal }) =>
        scoreParameters.read(
          await fhir.operation(`Patient/${person}/$score`, dayRequest.write({ date }), signal),
        ),
      meta: { kinds: [...scoredKinds] },
    }),
  /** How the scores went up to a day, and our own need flags. */
  history: (person: string, date: string) =>
    queryOptions({
      queryKey: ['score-history', person, date],
      queryFn: async ({ signal }) =>
        scoreHistoryParameters.read(
          await fhir.operation(
            `Patient/${person}/$score-history`,
            dayRequest.write({ date }),
            signal,
          ),
        ),
      meta: { kinds: [...scoredKinds, 'EpisodeOfCare'] },
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
    method: { coding: [{ system: gableCodeSystem, code: method }] },
    basis: [...new Set(inputs.map((each) => each.record))].map((reference) => ({ reference })),
    prediction: [{ qualitativeRisk: { text } }],
    ...(words.missing ? { note: [{ text: words.missing }] } : {}),
  })
  const inputsOf = ({ reasons: all }: Pick<ScoreOfToday['frailty'], 'reasons'>) =>
    all.flatMap((each) => each.inputs)
  const records: readonly (RiskAssessment & { id: string })[] = [
    facts('charlson-age', words.charlson, inputsOf(score.charlson)),
    facts('frailty-count', words.frailty, inputsOf(score.frailty)),
  ].map(({ basis, ...rest }) => (basis.length > 0 ? { ...rest, basis } : rest))
  await fhir.transaction(records.map((each) => createEntry(each)))
  await noteChangeEvent(['RiskAssessment'])
}
