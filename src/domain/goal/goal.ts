import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import type { ScaleOfGoal } from './aims/attainment-scale.ts'
import type { GoalStance } from './aims/goal-stance.ts'
import type { TargetOfGoal } from './aims/goal-target.ts'

export type GoalState = 'proposed' | 'active' | 'reached' | 'stopped'
export type GoalProgress = 'in-progress' | 'improving' | 'no-change' | 'worsening' | 'achieved'
export const goalProgresses: readonly GoalProgress[] = [
  'in-progress',
  'improving',
  'no-change',
  'worsening',
  'achieved',
]

/** What the person wants, in the person's words. */
export type Goal = PlanRecord &
  TargetOfGoal &
  ScaleOfGoal &
  Readonly<{
    person: string
    words: string
    why: string
    expressedBy?: Who
    /** who wrote it down for the person */
    supportedBy?: Who
    needs: readonly string[]
    state: GoalState
    progress?: GoalProgress
    /** `YYYY-MM-DD`, when it was first said */
    since?: string
    /** those who help the person with it */
    helpers?: readonly Who[]
    /** who accepts it and who does not: saved with `answerGoal`, never with the goal’s words */
    stances?: readonly GoalStance[]
  }>

export type ActionState = 'planned' | 'accepted' | 'doing' | 'done' | 'refused' | 'stopped'

/** What the person it was promised to says about it: a separate message, so the promise stays its owner’s. */
export type PromiseAnswer = Readonly<{
  id: string
  action: string
  person: string
  happened: boolean
  words: string
  by: Who
  at: string
  /** when the server stored it; absent before that */
  kept?: string
}>

/** A review, a confirmation, or what was done about a promise that did not happen: a message of its own. */
export type PromiseDeed = Readonly<{
  id: string
  kind: 'promise-review' | 'promise-confirmed' | 'promise-dealt-with'
  action: string
  words: string
  by: Who
  at: string
}>

/** A step with an owner and a date: a promise. */
export type Action = PlanRecord &
  Readonly<{
    person: string
    what: string
    note: string
    owner?: Who
    /** `YYYY-MM-DD` */
    dueOn?: string
    state: ActionState
    goal?: string
    planId?: string
    answer?: PromiseAnswer
    doneOn?: string
    /** what the owner says was done, in words */
    evidence?: string
    /** by a professional who does not own it */
    review?: PromiseDeed
    /** by the person, after the review */
    confirmed?: PromiseDeed
    /** what was done about it since the person said that it did not happen */
    dealtWith?: PromiseDeed
  }>
