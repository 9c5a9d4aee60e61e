import { mergeEditOf } from '#client/forms/merge-edit.ts'
import { saveRecord } from '#client/forms/save-record.ts'
import { actionKind, goalKind } from '#domain/goal/fhir.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import { needKind } from '#domain/plan/fhir.ts'
import { ofGoal, ofNeed, ofStep } from '#domain/plan/house/telling-of.ts'
import type { Need, Plan, Who } from '#domain/plan/plan.ts'
import { changePlan, openPlanId, saveInPlan, writtenNow } from './plan.ts'

/** A step with neither a plan nor a goal: no house would show it. */
export class NoPlanForStep extends Error {
  override name = 'NoPlanForStep'
}

const including = (list: readonly string[], id: string, wanted: boolean) => {
  const others = list.filter((each) => each !== id)
  if (!wanted) return others
  return list.includes(id) ? list : [...list, id]
}

/** The plan to write into: the one on screen, or one that was started since. */
const planIdOf = async (plan: Plan | undefined, person: string) =>
  plan?.id ?? (await openPlanId(person))

/**
 * New text is the writer’s own, unless a professional says for whom they wrote it down: then the professional is named
 * as well.
 */
function inTheirName({ base, mine }: { base?: Goal | undefined; mine: Goal }, me: Who): Goal {
  const isSame =
    base?.words === mine.words &&
    base.why === mine.why &&
    base.expressedBy?.reference === mine.expressedBy?.reference
  if (isSame) return mine
  const { supportedBy: _helper, ...said } = mine
  const isOwn = !said.expressedBy || said.expressedBy.reference === me.reference
  if (isOwn || me.voice !== 'professional') return { ...said, expressedBy: me }
  return { ...said, supportedBy: me }
}

/** Writes a goal into the plan, or on the record alone while there is no plan; a stopped goal leaves the plan's list. */
export async function saveGoal(
  plan: Plan | undefined,
  edit: { base?: Goal | undefined; mine: Goal },
): Promise<Goal> {
  const { person } = edit.mine
  const written = writtenNow(person)
  const mine = { ...inTheirName(edit, written.by), written }
  return await saveInPlan(
    goalKind,
    { base: edit.base, mine },
    {
      planId: await planIdOf(plan, person),
      kind: (edit.base && ofGoal(edit.base.state, mine.state)) ?? 'write-goal',
      room: 'conversation',
      adjust: (now) => ({ ...now, goals: including(now.goals, mine.id, mine.state !== 'stopped') }),
    },
  )
}

export async function saveNeed(
  plan: Plan | undefined,
  edit: { base?: Need | undefined; mine: Need },
): Promise<Need> {
  const { person } = edit.mine
  const mine = { ...edit.mine, written: writtenNow(person) }
  return await saveInPlan(
    needKind,
    { base: edit.base, mine },
    {
      planId: await planIdOf(plan, person),
      kind: (edit.base && ofNeed(edit.base, mine)) ?? 'write-need',
      room: mine.unmet ? 'support' : 'conversation',
      adjust: (now) => ({ ...now, needs: including(now.needs, mine.id, !mine.resolved) }),
    },
  )
}

/** Writes what is promised, by whom, by when: part of what the person agrees to. */
export async function saveAction(
  plan: Plan | undefined,
  edit: { base?: Action | undefined; mine: Action },
): Promise<Action> {
  const { person } = edit.mine
  const planId = await planIdOf(plan, person)
  if (!planId && !edit.mine.goal) throw new NoPlanForStep()
  const mine = { ...edit.mine, ...(planId ? { planId } : {}), written: writtenNow(person) }
  return await saveInPlan(
    actionKind,
    { base: edit.base, mine },
    {
      planId,
      kind: (edit.base && ofStep(edit.base.state, mine.state)) ?? 'write-action',
      room: 'conversation',
      adjust: (now) => ({
        ...now,
        actions: including(now.actions, mine.id, mine.state !== 'stopped'),
      }),
    },
  )
}

/**
 * The progress of a promise. Its text and date stay as agreed, so the plan's version does not change; what became of it
 * is told in the same call, as the service would tell it otherwise.
 */
export async function moveAction(base: Action, state: Action['state'], day: string): Promise<void> {
  const { doneOn: _doneOn, ...rest } = base
  const { person } = base
  const mine: Action = {
    ...rest,
    state,
    ...(state === 'done' ? { doneOn: day } : {}),
    written: writtenNow(person),
  }
  const kind = ofStep(base.state, state)
  if (!kind) return await saveRecord(actionKind, { base, mine })
  const edits = [mergeEditOf(actionKind, { base, mine })]
  await changePlan({ person, planId: undefined, kind, room: 'conversation', edits })
}

/** The progress of a goal. Its text stays as agreed and as written by whoever wrote it, and so does the plan's version. */
export async function scoreGoal(
  base: Goal,
  progress: NonNullable<Goal['progress']>,
): Promise<void> {
  const mine: Goal = { ...base, progress }
  await saveRecord(goalKind, { base, mine })
}
