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
import { roundOf } from './attainment-score.ts'
import { goalObservationCode, isKeptFromOthers } from './goal-observation.ts'

/** What one party puts first: a goal of the plan, or something that is not in the plan yet. */
export type TopGoal = Readonly<{
  id: string
  person: string
  /** id of a goal in the plan */
  goal?: string
  /** in words, if it is not in the plan */
  words: string
  /** what the goal said when it was chosen, as the service knows it */
  goalWords?: string
  /** the server keeps it from a reader who has not chosen yet */
  isHidden: boolean
  round: number
  isOpen: boolean
  by: Who
  /** the organisation for which a professional chooses: it chooses once */
  organisation?: Who
  writtenDownBy?: Who
  at: string
}>

export function topGoalFromFhir(observation: Observation): TopGoal | undefined {
  const by = whoFrom(observation.performer?.[0])
  if (goalObservationCode(observation) !== 'top-goal' || !by) return undefined
  if (observation.status === 'entered-in-error') return undefined
  return {
    id: observation.id ?? '',
    person: idIn(observation.subject?.reference),
    ...given('goal', idIn(observation.focus?.[0]?.reference)),
    words: observation.valueString ?? '',
    ...given('goalWords', observation.focus?.[0]?.display),
    isHidden: observation.dataAbsentReason !== undefined,
    round: roundOf(observation),
    isOpen: isKeptFromOthers(observation),
    by,
    ...given('organisation', whoFrom(extensionOf(observation, 'for-organisation')?.valueReference)),
    ...given('writtenDownBy', helperIn(observation)),
    at: observation.effectiveDateTime ?? observation.meta?.lastUpdated ?? '',
  }
}

export function topGoalToFhir(
  choice: Pick<TopGoal, 'id' | 'person' | 'goal' | 'words' | 'by' | 'at'>,
): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: choice.id,
    status: 'final',
    code: ownCode('top-goal'),
    subject: { reference: `Patient/${choice.person}` },
    ...(choice.goal
      ? { focus: [{ reference: `Goal/${choice.goal}` }] }
      : { valueString: choice.words }),
    performer: [referenceTo(choice.by)],
    effectiveDateTime: choice.at,
  }
}

/** Who chooses: the person, a carer, or an organisation of professionals. */
export const partyOf = ({ by, organisation }: Pick<TopGoal, 'by' | 'organisation'>): string =>
  organisation?.reference ?? by.reference

const voices = ['person', 'carer', 'professional'] as const

/** The choices of the last round, one for each party: the person first. */
export function topGoalsNow(choices: readonly TopGoal[]): readonly TopGoal[] {
  const latest = Math.max(0, ...choices.map(({ round }) => round))
  const now = choices
    .filter(({ round }) => round === latest)
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  const parties = Map.groupBy(now, partyOf)
  return [...parties.values()]
    .flatMap(([last]) => last ?? [])
    .toSorted((one, other) => voices.indexOf(one.by.voice) - voices.indexOf(other.by.voice))
}

/** True if two parties put the same goal of the plan first. */
export const isSameChoice = (one: TopGoal, other: TopGoal): boolean =>
  one.goal !== undefined && one.goal === other.goal && !one.isHidden && !other.isHidden

/** Of these choices, the ones that were made when the goal had other words. */
export const chosenInOtherWords = (
  choices: readonly TopGoal[],
  words: string,
): readonly (TopGoal & Readonly<{ goalWords: string }>)[] =>
  choices.flatMap((each) =>
    each.goalWords !== undefined && each.goalWords !== words
      ? [{ ...each, goalWords: each.goalWords }]
      : [],
  )

/** The goal that most parties put first, and how many; undefined if no two agree. */
export function agreedTopGoal(
  choices: readonly TopGoal[],
): Readonly<{ goal: string; agree: number; of: number; parties: readonly TopGoal[] }> | undefined {
  const shown = choices.filter(({ isHidden }) => !isHidden)
  const byGoal = Map.groupBy(
    shown.filter(({ goal }) => goal !== undefined),
    ({ goal }) => goal ?? '',
  )
  const [most] = [...byGoal].toSorted(([, one], [, other]) => other.length - one.length)
  if (!most || most[1].length < 2) return undefined
  return { goal: most[0], agree: most[1].length, of: shown.length, parties: most[1] }
}
