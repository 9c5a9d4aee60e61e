import type { Resource } from '@medplum/fhirtypes'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import type { ActionState, GoalState } from '#domain/goal/goal.ts'
import { needFromFhir } from '#domain/plan/fhir.ts'
import type { ChangeKind, HouseRoom, ProgressKind } from '#domain/plan/plan.ts'
import { isWish } from '#domain/plan/worse/wishes.ts'

export type Telling = Readonly<{ kind: ChangeKind | ProgressKind; room: HouseRoom }>

/** How a change of a record appears among the news of a plan. `before`: the record before it, if there was one. */
export function tellingOf(record: Resource, before?: Resource): Telling {
  const kind = progressOf(record, before)
  return kind ? { kind, room: 'conversation' } : wordsTold(record)
}

/** How new words in a record of this type appear: all that can be said without the record itself. */
export function wordsTold(record: Resource): Readonly<{ kind: ChangeKind; room: HouseRoom }> {
  switch (record.resourceType) {
    case 'Goal':
      return { kind: 'write-goal', room: 'conversation' }
    case 'Task':
      return { kind: 'write-action', room: 'conversation' }
    case 'Condition':
      return { kind: 'write-need', room: 'conversation' }
    case 'CarePlan':
      return { kind: 'write-what-if', room: 'roof' }
    case 'Observation':
      return isWish(record)
        ? { kind: 'write-what-if', room: 'roof' }
        : { kind: 'write-about-me', room: 'me' }
    default:
      return { kind: 'write-about-me', room: 'me' }
  }
}

/** What became of a step, a goal or a need; undefined if it stands where it stood. A step without a record before is new. */
export function progressOf(
  record: Resource,
  before: Resource | undefined,
): ProgressKind | undefined {
  if (!before) return undefined
  if (record.resourceType === 'Task' && before.resourceType === 'Task')
    return ofStep(actionFromFhir(before).state, actionFromFhir(record).state)
  if (record.resourceType === 'Goal' && before.resourceType === 'Goal')
    return ofGoal(goalFromFhir(before).state, goalFromFhir(record).state)
  if (record.resourceType !== 'Condition' || before.resourceType !== 'Condition') return undefined
  return ofNeed(needFromFhir(before), needFromFhir(record))
}

type Need = Readonly<{ resolved: boolean }>

export function ofNeed(before: Need, after: Need): ProgressKind | undefined {
  if (before.resolved === after.resolved) return undefined
  return after.resolved ? 'settle-need' : 'reopen-need'
}

const stepTold: Readonly<Record<ActionState, ProgressKind>> = {
  ...{ planned: 'reopen-step', accepted: 'accept-step', doing: 'start-step', done: 'finish-step' },
  ...{ refused: 'decline-step', stopped: 'stop-step' },
}
const isOver: readonly ActionState[] = ['done', 'refused', 'stopped']

/** Back to an open state is a step taken up again, whichever of them it is. */
export function ofStep(before: ActionState, after: ActionState): ProgressKind | undefined {
  if (before === after) return undefined
  const isBack = isOver.includes(before) && !isOver.includes(after)
  return isBack ? 'reopen-step' : stepTold[after]
}

export function ofGoal(before: GoalState, after: GoalState): ProgressKind | undefined {
  if (before === after) return undefined
  if (after === 'reached') return 'reach-goal'
  if (after === 'stopped') return 'stop-goal'
  return before === 'proposed' || after === 'proposed' ? undefined : 'reopen-goal'
}
