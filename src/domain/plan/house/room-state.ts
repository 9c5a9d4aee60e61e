import type { PlanStatus } from '#domain/plan/plan-status.ts'

export type RoomState = 'empty' | 'writing' | 'agreed' | 'due'

/**
 * The state of one room of the house: something in it is due, nobody has written, everybody has agreed, or it is being
 * written.
 */
export function roomState(facts: { items: number; due: number; status: PlanStatus }): RoomState {
  if (facts.items === 0) return 'empty'
  if (facts.due > 0) return 'due'
  return facts.status === 'current' || facts.status === 'review-due' ? 'agreed' : 'writing'
}
