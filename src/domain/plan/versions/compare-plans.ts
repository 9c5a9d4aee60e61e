import type { HouseRoom } from '#domain/plan/plan.ts'
import type { PlanSentence, SentenceEnd } from './plan-sentences.ts'

/** One change from an older state of a plan to a newer one, as a whole sentence. */
export type PlanDifference = Readonly<{
  key: string
  room: HouseRoom
  kind: PlanSentence['kind']
  change: 'added' | 'changed' | 'ended'
  before?: PlanSentence
  /** absent: its record is gone */
  after?: PlanSentence
  /** how it ended */
  ended?: SentenceEnd
}>

export type PlanComparison = Readonly<{
  differences: readonly PlanDifference[]
  same: readonly PlanSentence[]
}>

const rooms: readonly HouseRoom[] = ['conversation', 'me', 'team', 'support', 'roof']

/**
 * What the plan says now that it did not say then, and the other way round. What had ended before both is neither: it
 * was not part of either.
 */
export function comparePlans(
  then: readonly PlanSentence[],
  now: readonly PlanSentence[],
): PlanComparison {
  const before = new Map(then.map((each) => [each.key, each]))
  const after = new Map(now.map((each) => [each.key, each]))
  const keys = [...new Set([...after.keys(), ...before.keys()])]
  const pairs = keys.map((key) => [before.get(key), after.get(key)] as const)
  const differences = pairs.flatMap(([one, other]) => differenceOf(one, other) ?? [])
  const named = new Set(differences.map(({ key }) => key))
  const same = now.filter(({ key, ended }) => !ended && !named.has(key))
  return { differences: differences.toSorted(byRoom), same: same.toSorted(byRoom) }
}

const byRoom = (one: { room: HouseRoom }, other: { room: HouseRoom }) =>
  rooms.indexOf(one.room) - rooms.indexOf(other.room)

function differenceOf(
  before: PlanSentence | undefined,
  after: PlanSentence | undefined,
): PlanDifference | undefined {
  const stood = standing(before)
  const stands = standing(after)
  if (stands) return stood ? changed(stood, stands) : added(stands)
  if (!stood) return undefined
  const place = placed(after ?? stood)
  const ended = after?.ended ?? 'removed'
  return { ...place, change: 'ended', before: stood, ...(after ? { after } : {}), ended }
}

const standing = (sentence: PlanSentence | undefined) => (sentence?.ended ? undefined : sentence)

const added = (after: PlanSentence): PlanDifference => ({
  ...placed(after),
  change: 'added',
  after,
})

const isSame = (before: PlanSentence, after: PlanSentence) =>
  before.words === after.words && before.room === after.room

const changed = (before: PlanSentence, after: PlanSentence): PlanDifference | undefined =>
  isSame(before, after) ? undefined : { ...placed(after), change: 'changed', before, after }

const placed = ({ key, room, kind }: PlanSentence) => ({ key, room, kind })

/** Who a change is by: who wrote the newer sentence, or who ended the older one. */
export const differenceAuthor = ({ after, before, change }: PlanDifference) =>
  after?.by ?? (change === 'ended' ? undefined : before?.by)
