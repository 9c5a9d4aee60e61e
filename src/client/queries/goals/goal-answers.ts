import type { Bundle, Goal as FhirGoal, Observation } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { noteSaved } from '#client/cache/records-at-hand.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { commentToMessage, reasonToMessage } from '#domain/agreement/comment-message.ts'
import { ownCode, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { withStance } from '#domain/goal/aims/goal-stance.ts'
import { answeredAloneRequest } from '#domain/goal/said/answered-alone-request.ts'
import type { AttainmentLevel } from '#domain/goal/said/attainment.ts'
import {
  type AttainmentScore,
  attainmentScoreFromFhir,
  attainmentScoreToFhir,
} from '#domain/goal/said/attainment-score.ts'
import { type RatingKind, ratingToFhir } from '#domain/goal/said/rating.ts'
import { type TopGoal, topGoalFromFhir, topGoalToFhir } from '#domain/goal/said/top-goal.ts'
import type { Who } from '#domain/plan/plan.ts'

/** What is answered in rounds that are still open, as far as the server shows it to this reader. */
export type AnsweredAlone = Readonly<{
  scores: readonly AttainmentScore[]
  topGoals: readonly TopGoal[]
}>

const nothing: AnsweredAlone = { scores: [], topGoals: [] }

async function findAnsweredAlone(person: string, signal: AbortSignal): Promise<AnsweredAlone> {
  const request = answeredAloneRequest.write({ patient: person })
  try {
    const found = await fhir.operation<Bundle<Observation>>(
      'Observation/$answered-alone',
      request,
      signal,
    )
    const records = (found.entry ?? []).flatMap(({ resource }) => resource ?? [])
    return {
      scores: records.flatMap((each) => attainmentScoreFromFhir(each) ?? []),
      topGoals: records.flatMap((each) => topGoalFromFhir(each) ?? []),
    }
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'forbidden') return nothing
    throw error
  }
}

/** Loaded after the page: the page shows without it what everybody may see. */
export const answeredAloneQuery = (person: string) =>
  queryOptions({
    queryKey: ['answered-alone', person],
    queryFn: async ({ signal }) => await findAnsweredAlone(person, signal),
    meta: { kinds: ['Observation', 'Communication', 'Goal'] },
  })

/** An answer stays as it was given, so one that had arrived before is saved. The caller keeps `id` over retries. */
export async function saveAnswer(record: ResourceWithId): Promise<void> {
  try {
    const made = await fhir.create(record)
    if (made) await noteSaved([made])
  } catch (error) {
    if (!(error instanceof FhirError && error.kind === 'stale')) throw error
  }
  await noteChangeEvent([record.resourceType])
}

type Said = Readonly<{ id: string; person: string; by: Who }>

/** How important a goal is, or how confident the person feels: their own number, or written down for them. */
export async function rateGoal(
  said: Said & Readonly<{ goal: string; kind: RatingKind; value: number }>,
): Promise<void> {
  await saveAnswer(ratingToFhir({ ...said, at: writtenNow(said.person).at }))
}

export async function scoreOnLevels(
  said: Said & Readonly<{ goal: string; level: AttainmentLevel }>,
): Promise<void> {
  await saveAnswer(attainmentScoreToFhir({ ...said, at: writtenNow(said.person).at }))
}

/** `goal`: one of the plan; otherwise what comes first in words. */
export async function putFirst(
  said: Said & Readonly<{ goal?: string; words: string }>,
): Promise<void> {
  await saveAnswer(topGoalToFhir({ ...said, at: writtenNow(said.person).at }))
}

/** The coordinator shows the answers of the open round to everybody: of one goal, or of what comes first. */
export async function showRound(
  round: Readonly<{ id: string; person: string; about: string; closes: string }>,
): Promise<void> {
  const { id, person, about, closes } = round
  const message = commentToMessage({ id, person, about, text: '', written: writtenNow(person) })
  const { payload: _payload, ...rest } = message
  await createOnce({
    ...rest,
    category: [ownCode('round-closed')],
    ...withExtensions(undefined, { closes: [{ valueCode: closes }] }),
  })
  await noteChangeEvent(['Observation'])
}

/** Why a goal matters, in the writer’s own words. The caller keeps `id` over retries. */
export async function addReason(
  reason: Readonly<{ id: string; person: string; about: string; text: string }>,
): Promise<void> {
  await createOnce(reasonToMessage({ ...reason, written: writtenNow(reason.person) }))
}

/** Accepts or declines a goal, for oneself or written down for the person; others’ answers stay as they are. */
export async function answerGoal(
  goal: Readonly<{ id: string; person: string }>,
  answer: Readonly<{ by: Who; accepts: boolean; reason: string }>,
): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Goal', id: goal.id },
        onto: (current) => {
          if (current?.resourceType !== 'Goal') return undefined
          return withStance({ ...(current as FhirGoal), id: goal.id }, answer)
        },
      },
    ],
  })
}
