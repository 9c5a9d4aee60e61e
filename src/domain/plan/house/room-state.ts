import type { PlanStatus } from '#domain/plan/plan-status.ts'

export type RoomState = 'empty' | 'writing' | 'agreed' | 'not-all-agreed' | 'due'

/**
 * The state of one room of the house: something in it is due, nobody has written, it is agreed, a yes in part left some of
 * it out, or it is being written.
 */
export function roomState(facts: {
  items: number
  due: number
  status: PlanStatus
  /** how many parts of it the last yes left out, and nobody has changed since */
  leftOut?: number
}): RoomState {
  if (facts.items === 0) return 'empty'
  if (facts.due > 0) return 'due'
  if (facts.leftOut) return 'not-all-agreed'
  if (facts.status === 'agreed-in-part') return 'agreed'
  return facts.status === 'current' || facts.status === 'review-due' ? 'agreed' : 'writing'
}
