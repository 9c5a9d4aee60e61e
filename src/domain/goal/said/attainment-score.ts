import type { Observation } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  helperIn,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { type AttainmentLevel, isAttainmentLevel } from './attainment.ts'
import { goalObservationCode, isKeptFromOthers } from './goal-observation.ts'

/** Where one party sees the person on the five levels of a goal. */
export type AttainmentScore = Readonly<{
  id: string
  person: string
  goal: string
  /** absent while the server keeps it from a reader who has not scored yet */
  level?: AttainmentLevel
  /** the words of the level as they were when it was scored */
  words: string
  /** the set of levels it was scored on; the service counts them */
  scale: number
  /** all parties score once in a round; the service counts them */
  round: number
  /** the coordinator has not shown this round to everybody yet */
  isOpen: boolean
  by: Who
  writtenDownBy?: Who
  at: string
}>

export function attainmentScoreFromFhir(observation: Observation): AttainmentScore | undefined {
  const by = whoFrom(observation.performer?.[0])
  if (goalObservationCode(observation) !== 'goal-attainment-score' || !by) return undefined
  if (observation.status === 'entered-in-error') return undefined
  const value = observation.valueInteger
  return {
    id: observation.id ?? '',
    person: idIn(observation.subject?.reference),
    goal: idIn(observation.focus?.[0]?.reference),
    ...(isAttainmentLevel(value) ? { level: value } : {}),
    words: extensionOf(observation, 'level-words')?.valueString ?? '',
    scale: extensionOf(observation, 'attainment-scale-number')?.valueInteger ?? 1,
    round: roundOf(observation),
    isOpen: isKeptFromOthers(observation),
    by,
    ...given('writtenDownBy', helperIn(observation)),
    at: observation.effectiveDateTime ?? observation.meta?.lastUpdated ?? '',
  }
}

export const roundOf = (observation: Observation): number =>
  extensionOf(observation, 'round')?.valueInteger ?? 1

/** What the service adds is left to the service: round, scale, the words of the level, who wrote it down. */
export function attainmentScoreToFhir(
  score: Pick<AttainmentScore, 'id' | 'person' | 'goal' | 'by' | 'at'> &
    Readonly<{ level: AttainmentLevel }>,
): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: score.id,
    status: 'final',
    code: ownCode('goal-attainment-score'),
    subject: { reference: `Patient/${score.person}` },
    focus: [{ reference: `Goal/${score.goal}` }],
    performer: [referenceTo(score.by)],
    effectiveDateTime: score.at,
    valueInteger: score.level,
  }
}

/** One row of the ladder: where a party sees the person now, and where before. */
export type LadderRow = Readonly<{
  by: Who
  now: AttainmentScore | undefined
  before: AttainmentScore | undefined
}>

const voices = ['person', 'carer', 'professional'] as const
const instant = ({ at }: AttainmentScore) => Date.parse(at) || 0

/** The scores of one goal on its present levels, a row for each party: the person first, then carers, then staff. */
export function ladderRows(
  scores: readonly AttainmentScore[],
  goal: Readonly<{ id: string; scale: number }>,
): readonly LadderRow[] {
  const present = scores
    .filter((each) => each.goal === goal.id && each.scale === goal.scale)
    .toSorted((one, other) => other.round - one.round || instant(other) - instant(one))
  const latest = present[0]?.round
  const parties = Map.groupBy(present, ({ by }) => by.reference)
  return [...parties.values()]
    .map((theirs): LadderRow | undefined => {
      const [first] = theirs
      if (!first) return undefined
      const now = theirs.find(({ round }) => round === latest)
      return { by: first.by, now, before: theirs.find((each) => each.round !== latest) }
    })
    .filter((row) => row !== undefined)
    .toSorted(
      (one, other) =>
        voices.indexOf(one.by.voice) - voices.indexOf(other.by.voice) ||
        one.by.name.localeCompare(other.by.name),
    )
}

/** Two parties who see the person two or more steps apart: worth talking about. */
export type Apart = Readonly<{ lower: Who; higher: Who; steps: number }>

export function farthestApart(rows: readonly LadderRow[]): Apart | undefined {
  const scored = rows.flatMap(({ by, now }) =>
    now?.level === undefined ? [] : [{ by, level: now.level }],
  )
  const lower = scored.toSorted((one, other) => one.level - other.level)[0]
  const higher = scored.toSorted((one, other) => other.level - one.level)[0]
  if (!lower || !higher || higher.level - lower.level < 2) return undefined
  return { lower: lower.by, higher: higher.by, steps: higher.level - lower.level }
}

/** Scores of before the levels were changed, the newest first: they keep the words that they were given on. */
export const scoresOnEarlierLevels = (
  scores: readonly AttainmentScore[],
  goal: Readonly<{ id: string; scale: number }>,
): readonly AttainmentScore[] =>
  scores
    .filter((each) => each.goal === goal.id && each.scale !== goal.scale)
    .toSorted((one, other) => instant(other) - instant(one))
