import { noteChange } from '#data/wire/changes.ts'
import { editOf, saveRecord } from '#data/writing/save.ts'
import { actionKind, goalKind } from '#domain/goal/fhir.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import { needKind } from '#domain/plan/fhir.ts'
import type { Need, Plan } from '#domain/plan/plan.ts'
import { changePlan, writtenNow } from './plan.ts'

const including = (list: readonly string[], id: string, wanted: boolean) => {
  const others = list.filter((each) => each !== id)
  if (!wanted) return others
  return list.includes(id) ? list : [...list, id]
}

/** Writes a goal into the plan; one that was stopped leaves the plan's list. */
export async function saveGoal(
  plan: Plan,
  edit: { base?: Goal | undefined; mine: Goal },
): Promise<void> {
  const { person } = plan
  const mine = { ...edit.mine, written: writtenNow(person) }
  await changePlan({
    person,
    planId: plan.id,
    kind: 'write-goal',
    room: 'conversation',
    edits: [editOf(goalKind, { base: edit.base, mine })],
    adjust: (now) => ({ ...now, goals: including(now.goals, mine.id, mine.state !== 'stopped') }),
  })
}

export async function saveNeed(
  plan: Plan,
  edit: { base?: Need | undefined; mine: Need },
): Promise<void> {
  const { person } = plan
  const mine = { ...edit.mine, written: writtenNow(person) }
  await changePlan({
    person,
    planId: plan.id,
    kind: 'write-need',
    room: mine.unmet ? 'support' : 'conversation',
    edits: [editOf(needKind, { base: edit.base, mine })],
    adjust: (now) => ({ ...now, needs: including(now.needs, mine.id, !mine.resolved) }),
  })
}

/** Writes what is promised, by whom, by when: part of what the person agrees to. */
export async function saveAction(
  plan: Plan,
  edit: { base?: Action | undefined; mine: Action },
): Promise<void> {
  const { person } = plan
  const mine = { ...edit.mine, planId: plan.id, written: writtenNow(person) }
  await changePlan({
    person,
    planId: plan.id,
    kind: 'write-action',
    room: 'conversation',
    edits: [editOf(actionKind, { base: edit.base, mine })],
    adjust: (now) => ({
      ...now,
      actions: including(now.actions, mine.id, mine.state !== 'stopped'),
    }),
  })
}

/** How far a promise is. Its words and date stay as agreed, so the plan's version does not move. */
export async function moveAction(base: Action, state: Action['state'], day: string): Promise<void> {
  const { doneOn: _doneOn, ...rest } = base
  const mine: Action = {
    ...rest,
    state,
    ...(state === 'done' ? { doneOn: day } : {}),
    written: writtenNow(base.person),
  }
  await saveRecord(actionKind, { base, mine })
  await noteChange(['Task'])
}

/** How far a goal is. What the goal says stays as agreed, so the plan's version does not move. */
export async function scoreGoal(
  base: Goal,
  progress: NonNullable<Goal['progress']>,
): Promise<void> {
  const mine: Goal = { ...base, progress, written: writtenNow(base.person) }
  await saveRecord(goalKind, { base, mine })
  await noteChange(['Goal'])
}
