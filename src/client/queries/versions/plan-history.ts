import type { Bundle, CarePlan, Parameters, Resource } from '@medplum/fhirtypes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { clockToday, clockZone } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { inSlices } from '#domain/async/in-slices.ts'
import { type ChangedSpan, wordChangesInSteps } from '#domain/merge/word-changes.ts'
import type { SayDay } from '#domain/plan/record-text.ts'
import { comparePlans, type PlanDifference } from '#domain/plan/versions/compare-plans.ts'
import { type PlanSentence, planSentences } from '#domain/plan/versions/plan-sentences.ts'
import {
  type PlanVersions,
  planAtRequest,
  planVersionsAnswer,
  planVersionsRequest,
} from '#domain/plan/versions/plan-version.ts'

const kinds = [
  ...['CarePlan', 'Goal', 'Task', 'Condition', 'Observation', 'CareTeam', 'ServiceRequest'],
  'Provenance',
]

/** A state of a plan, as the address of a page has it: a version (`3`), `now`, a day or an instant. */
export type PlanMoment = string

/** A plan as it stood; `problem`: why there is no such state, in the server’s words. */
export type PlanState = Readonly<{
  version?: string
  /** the moment asked for (instant) */
  at?: string
  sentences: readonly PlanSentence[]
  problem?: string
}>

/** A difference with the changed phrases of its words. */
export type ShownDifference = PlanDifference & Readonly<{ spans?: readonly ChangedSpan[] }>

export type ShownComparison = Readonly<{
  older: PlanState
  newer: PlanState
  differences: readonly ShownDifference[]
  same: readonly PlanSentence[]
}>

const page = 200

async function versionsOf(
  planId: string,
  before: number | undefined,
  signal: AbortSignal,
): Promise<PlanVersions> {
  const request = planVersionsRequest.write({ count: page, ...(before ? { before } : {}) })
  return planVersionsAnswer.read(
    await fhir.operation<Parameters>(`CarePlan/${planId}/$plan-versions`, request, signal),
  )
}

function requestFor(moment: PlanMoment): Parameters {
  if (/^\d{1,9}$/.test(moment)) return planAtRequest.write({ version: Number(moment) })
  return planAtRequest.write({ at: moment === 'now' ? clockToday() : moment })
}

async function stateAt(
  planId: string,
  moment: PlanMoment,
  { sayDay, signal }: Readonly<{ sayDay: SayDay; signal: AbortSignal }>,
): Promise<PlanState> {
  try {
    const answer = await fhir.operation<Bundle>(
      `CarePlan/${planId}/$plan-at`,
      requestFor(moment),
      signal,
    )
    const records = (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
    const plan = records.find((each) => isPlanOf(each, planId))
    return {
      ...(plan?.meta?.versionId ? { version: plan.meta.versionId } : {}),
      ...(answer.timestamp ? { at: answer.timestamp } : {}),
      sentences: planSentences(records, { zone: clockZone(), sayDay }),
    }
  } catch (error) {
    if (error instanceof FhirError && (error.status === 400 || error.status === 404))
      return { sentences: [], problem: error.message }
    throw error
  }
}

const isPlanOf = (record: Resource, planId: string): record is CarePlan =>
  record.resourceType === 'CarePlan' && record.id === planId

/** How long a comparison may hold the page at a time, in milliseconds. */
export const comparisonSlice = 4

const slices = {
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve)),
  clock: () => performance.now(),
  most: comparisonSlice,
}

function* shownInSteps(
  differences: readonly PlanDifference[],
): Generator<void, readonly ShownDifference[]> {
  const shown: ShownDifference[] = []
  for (const each of differences) {
    const { before, after, change } = each
    if (change === 'changed' && before && after)
      shown.push({ ...each, spans: yield* wordChangesInSteps(before.words, after.words) })
    else shown.push(each)
    yield
  }
  return shown
}

const nothing: PlanState = { sentences: [] }

/** Which plan, and how days are said in its texts. */
type Asked = Readonly<{ planId: string; sayDay: SayDay }>

export const planHistoryQueries = {
  /** its versions, newest first, a page at a time */
  versions: (planId: string) =>
    infiniteQueryOptions({
      queryKey: ['plan-versions', planId],
      queryFn: ({ pageParam, signal }) => versionsOf(planId, pageParam, signal),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next,
      meta: { kinds },
    }),
  state: ({ planId, sayDay }: Asked, moment: PlanMoment) =>
    queryOptions({
      queryKey: ['plan-state', planId, moment],
      queryFn: ({ signal }) => stateAt(planId, moment, { sayDay, signal }),
      meta: { kinds },
    }),
  /** two states side by side; the page stays free while long texts are compared */
  comparison: (asked: Asked, from: PlanMoment, to: PlanMoment) =>
    queryOptions({
      queryKey: ['plan-comparison', asked.planId, from, to],
      queryFn: async (): Promise<ShownComparison> => {
        const [older = nothing, newer = nothing] = await Promise.all(
          [from, to].map((each) => queryClient.fetchQuery(planHistoryQueries.state(asked, each))),
        )
        const { differences, same } = comparePlans(older.sentences, newer.sentences)
        return {
          ...{ older, newer, same },
          differences: await inSlices(shownInSteps(differences), slices),
        }
      },
      meta: { kinds },
    }),
}
