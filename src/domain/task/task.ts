import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import type { DueRule, RepeatWeeks } from './due-rule.ts'

export type TaskState =
  | 'requested'
  | 'accepted'
  | 'in-progress'
  | 'completed'
  | 'rejected'
  | 'cancelled'

export type TaskActionKind = 'take' | 'start' | 'do' | 'hand-on' | 'refuse' | 'cancel' | 'move'

/** An action on a task: who, when (instant), and the text with it. */
export type TaskAction = Readonly<{
  kind: TaskActionKind
  by: Who
  at: string
  words: string
  /** when passed on: whose it is now */
  to?: Who
  /** when moved: the day by which it is due now, `YYYY-MM-DD` */
  dueOn?: string
}>

/** Something one member of staff does for one person. Actions are added, never changed. */
export type CareTask = PlanRecord &
  Readonly<{
    person: string
    what: string
    note: string
    owner?: Who
    askedBy?: Who
    /** `YYYY-MM-DD` */
    askedOn?: string
    /** `YYYY-MM-DD` */
    dueOn?: string
    doneOn?: string
    /** it comes again in so many weeks once it is done */
    repeats?: RepeatWeeks
    /** the rule that set the day */
    dueRule?: DueRule
    state: TaskState
    deeds: readonly TaskAction[]
    /** the plan that has it as a step: then owner, text and date are part of what was agreed */
    planId?: string
    isReferral: boolean
    /** one practice asks another to take the person on: answered on its own page */
    isHandOver: boolean
    /** asked for because the person has died */
    isAfterDeath?: true
  }>

const moves: Readonly<Record<TaskState, readonly TaskState[]>> = {
  requested: ['accepted', 'in-progress', 'completed', 'rejected', 'cancelled', 'requested'],
  accepted: ['in-progress', 'completed', 'rejected', 'cancelled', 'requested'],
  'in-progress': ['completed', 'rejected', 'cancelled', 'requested'],
  rejected: ['requested', 'cancelled'],
  completed: [],
  cancelled: [],
}

/** May a task go from one state to the other? From requested to requested it changes owner. */
export const mayTaskBecome = (from: TaskState, to: TaskState) => moves[from].includes(to)

const statesAfter: Readonly<Record<Exclude<TaskActionKind, 'move'>, TaskState>> = {
  take: 'accepted',
  start: 'in-progress',
  do: 'completed',
  'hand-on': 'requested',
  refuse: 'rejected',
  cancel: 'cancelled',
}

/** The state of a task after an action that changes it. */
export const stateAfter = (kind: Exclude<TaskActionKind, 'move'>): TaskState => statesAfter[kind]

/** The day of a step of the plan was agreed with the person: it is changed there. */
export const mayMoveDay = ({ state, planId, isReferral, isHandOver }: CareTask): boolean =>
  isOpen(state) && !planId && !isReferral && !isHandOver

export const isOpen = (state: TaskState) =>
  state === 'requested' || state === 'accepted' || state === 'in-progress'

/** Open, and its date is before `today` (both `YYYY-MM-DD`). */
export const isTaskOverdue = (task: Pick<CareTask, 'state' | 'dueOn'>, today: string) =>
  isOpen(task.state) && task.dueOn !== undefined && task.dueOn < today

/** An action that the current task does not allow, for example because someone else was first. */
export class TaskActionNotPossible extends Error {
  readonly state: TaskState
  readonly owner: string

  constructor(task: Pick<CareTask, 'state' | 'owner'>) {
    super(`The task is ${task.state} now`)
    this.name = 'DeedNotPossible'
    this.state = task.state
    this.owner = task.owner?.name ?? ''
  }
}

/** These actions need a text: the next user has to know why. */
export const needsWords = (kind: TaskActionKind) => ['hand-on', 'refuse', 'move'].includes(kind)

/** The task after the action, done on `day`. Throws `TaskActionNotPossible` if its state does not allow it. */
export function withTaskAction(task: CareTask, deed: TaskAction, day: string): CareTask {
  if (deed.kind === 'move') return withDayMoved(task, deed)
  const state = stateAfter(deed.kind)
  if (!mayTaskBecome(task.state, state)) throw new TaskActionNotPossible(task)
  const takes = deed.kind === 'take' || deed.kind === 'start'
  const owner = deed.kind === 'hand-on' ? deed.to : takes ? deed.by : task.owner
  return {
    ...task,
    state,
    deeds: [...task.deeds, deed],
    ...(owner ? { owner } : {}),
    ...(state === 'completed' ? { doneOn: day } : {}),
  }
}

/** The rule that set the day before sets it no longer. */
function withDayMoved(task: CareTask, deed: TaskAction): CareTask {
  if (!mayMoveDay(task) || !deed.dueOn) throw new TaskActionNotPossible(task)
  const { dueRule: _rule, ...rest } = task
  return { ...rest, dueOn: deed.dueOn, deeds: [...task.deeds, deed] }
}

const lateLast = '9999'

/** Open tasks first, the earliest date on top; then the finished ones, the latest on top. */
export function inOrder(tasks: readonly CareTask[]): readonly CareTask[] {
  const dayOf = (task: CareTask) => task.dueOn ?? lateLast
  const open = tasks.filter((task) => isOpen(task.state))
  const over = tasks.filter((task) => !isOpen(task.state))
  return [
    ...open.toSorted((one, other) => dayOf(one).localeCompare(dayOf(other))),
    ...over.toSorted((one, other) => endOf(other).localeCompare(endOf(one))),
  ]
}

const endOf = (task: CareTask) => task.deeds.at(-1)?.at ?? task.doneOn ?? ''
