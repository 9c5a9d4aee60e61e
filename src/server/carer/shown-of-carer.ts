import type {
  CarePlan,
  Condition,
  Consent,
  Goal,
  Observation,
  QuestionnaireResponse,
} from '@medplum/fhirtypes'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import type { CarerAssessment, CarerDecision } from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentFromFhir,
  eligibilityDecisionFromFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { type CarerAudience, type CarerTopic, carerSharesIn } from '#domain/carer/carer-shares.ts'
import { type CarerWords, carerWordsFromFhir } from '#domain/carer/carer-words.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { isPlan, needFromFhir, planFromFhir } from '#domain/plan/fhir.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ rt: string; id: string; room: string; content: unknown }>

/** Nobody else’s words are shown with what the carer shows, and nothing that is restricted or between professionals. */
const rooms = ['conversation', 'roof', 'own', 'record', 'me']

export type ShownOfCarer = Readonly<{
  shown: NonNullable<CarerShown['shown']>
  /** the records it was made of */
  names: readonly string[]
}>

type Asking = Readonly<{ record: string; carer: string; audience: CarerAudience; day: string }>

/**
 * What a carer shows of their own record to this audience, and nothing else of it: the reader gets no access to the
 * record. Undefined if they show nothing, or if the whole record is restricted.
 */
export async function shownOfCarer(
  sql: ReadingSql,
  { record, carer, audience, day }: Asking,
): Promise<ShownOfCarer | undefined> {
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.room, r.content from resource r
     where r.person = $1 and r.content is not null
       and r.rt in ('Patient', 'Consent', 'Observation', 'Condition', 'CarePlan', 'Goal', 'QuestionnaireResponse')
     order by r.rid`,
    [record],
  )
  const of = <T extends { id?: string }>(type: string, every = false) =>
    rows
      .filter(({ rt, room }) => rt === type && (every || rooms.includes(room)))
      .map(({ id, content }) => ({ ...(storedRecord(content) as T), id }))
  const isWhole = of('Patient', true).some((each) => isRestricted(each as never))
  const topics = carerSharesIn(of<Consent>('Consent', true), { carer, day })[audience]
  if (isWhole || topics.length === 0) return undefined
  const sees = (topic: CarerTopic) => topics.includes(topic)
  const parts = [
    ...(sees('carer-how') ? [wordsIn(of<Observation>('Observation'))] : []),
    ...(sees('carer-needs') ? [needsIn(of<CarePlan>('CarePlan'), of<Condition>('Condition'))] : []),
    ...(sees('carer-goals') ? [goalsIn(of<CarePlan>('CarePlan'), of<Goal>('Goal'))] : []),
    ...(sees('carer-assessment')
      ? [
          assessedIn(
            of<QuestionnaireResponse>('QuestionnaireResponse'),
            of<Observation>('Observation'),
          ),
        ]
      : []),
  ]
  return {
    shown: Object.assign({ ...nothing, topics }, ...parts.map(({ part }) => part)),
    names: parts.flatMap(({ names }) => names),
  }
}

type Shown = NonNullable<CarerShown['shown']>
type Part = Readonly<{ part: Partial<Shown>; names: readonly string[] }>

const nothing: Shown = { topics: [], words: '', saidAt: '', needs: [], goals: [], assessedAt: '' }

const latest = <T extends Readonly<{ at: string }>>(all: readonly T[]): T | undefined =>
  all.toSorted((one, other) => one.at.localeCompare(other.at)).at(-1)

function wordsIn(observations: readonly Observation[]): Part {
  const said = latest(
    observations.flatMap((each): CarerWords[] => toList(carerWordsFromFhir(each))),
  )
  if (!said) return { part: {}, names: [] }
  const { words, heavy, at, id } = said
  return { part: { words, ...given('heavy', heavy), saidAt: at }, names: [`Observation/${id}`] }
}

/** The needs of the plan that is used; a strength is no need. */
function needsIn(plans: readonly CarePlan[], conditions: readonly Condition[]): Part {
  const wanted = currentPlans(plans).flatMap(({ needs }) => needs)
  const needs = conditions
    .filter(({ id = '' }) => wanted.includes(id))
    .map((each) => needFromFhir(each))
    .filter((each) => !each.resolved && each.kind !== 'strength')
  return {
    part: { needs: needs.map(({ words, unmet }) => ({ words, unmet })) },
    names: needs.map(({ id }) => `Condition/${id}`),
  }
}

function goalsIn(plans: readonly CarePlan[], goals: readonly Goal[]): Part {
  const wanted = currentPlans(plans).flatMap((each) => each.goals)
  const shown = goals.filter(
    ({ id = '', lifecycleStatus }) => wanted.includes(id) && lifecycleStatus === 'active',
  )
  return {
    part: { goals: shown.map(({ description }) => description.text ?? '') },
    names: shown.map(({ id }) => `Goal/${id}`),
  }
}

/** That there was an assessment, when, and what was decided: not what was said in it. */
function assessedIn(
  responses: readonly QuestionnaireResponse[],
  observations: readonly Observation[],
): Part {
  const done = latest(
    responses
      .flatMap((each): CarerAssessment[] => toList(carerAssessmentFromFhir(each)))
      .filter(({ isDone }) => isDone),
  )
  if (!done) return { part: {}, names: [] }
  const decision = latest(
    observations
      .flatMap((each): CarerDecision[] => toList(eligibilityDecisionFromFhir(each)))
      .filter(({ assessment }) => assessment === done.id),
  )
  return {
    part: {
      assessedAt: done.at,
      ...(decision
        ? {
            decided: {
              ...{ eligible: decision.isEligible, reason: decision.reason },
              ...{ by: decision.by, at: decision.at },
            },
          }
        : {}),
    },
    names: [
      `QuestionnaireResponse/${done.id}`,
      ...(decision ? [`Observation/${decision.id}`] : []),
    ],
  }
}

const currentPlans = (plans: readonly CarePlan[]) =>
  plans.filter((each) => isPlan(each) && each.status === 'active').map(planFromFhir)

const toList = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one])
