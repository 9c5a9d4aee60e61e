import type { CarePlan, CareTeam, Goal as FhirGoal, Resource, Task } from '@medplum/fhirtypes'
import { clockToday, now } from '#client/clock.ts'
import { corrections, createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { type Edit, mergeEditWith } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import type { Case, CaseOutcome } from '#domain/case/case.ts'
import { closedCase, movedCase } from '#domain/case/closing.ts'
import { caseFromFhir, caseToFhir, teamIdFor } from '#domain/case/fhir.ts'
import type { StepDown } from '#domain/case/step-down.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { contactToFhir } from '#domain/contact/fhir.ts'
import { actionKind, goalKind } from '#domain/goal/fhir.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import { planKind } from '#domain/plan/fhir.ts'
import type { Plan } from '#domain/plan/plan.ts'
import {
  heldReviewToFhir,
  type ReviewDecision,
  type ReviewFact,
} from '#domain/review/held-review.ts'
import { newTask, recordWithDeed, taskFromFhir } from '#domain/task/fhir.ts'
import { isOpen } from '#domain/task/task.ts'
import { findOpenWork } from './open-work.ts'
import { changePlan, writtenNow } from './plan.ts'

export type ReviewToHold = Readonly<{
  id: string
  words: string
  next: string
  decisions?: readonly ReviewDecision[]
  facts?: readonly ReviewFact[]
}>

/**
 * Records a review: what was said and decided, what ends, and the next date, all at once. The plan’s version changes, and
 * the person is asked to agree again.
 */
export async function holdReview(plan: Plan, review: ReviewToHold): Promise<void> {
  const { person } = plan
  const { decisions = [], facts = [] } = review
  const said = heldReviewToFhir({
    ...{ id: review.id, person, plan: plan.id, words: review.words, decisions, facts },
    ...writtenNow(person),
  })
  let isSaid = false
  const once: Edit = {
    ...{ type: 'Communication', id: review.id, isNew: true },
    onto: (current) => {
      const correction = corrections(said, current)
      isSaid = correction === undefined
      return correction
    },
  }
  const over = decisions.filter(({ decision }) => decision === 'ended').map(({ about }) => about)
  const stays = (type: string) => (id: string) => !over.includes(`${type}/${id}`)
  const next = (existing: Plan): Plan => ({
    ...{ ...existing, reviewOn: review.next, written: writtenNow(person) },
    goals: existing.goals.filter(stays('Goal')),
    actions: existing.actions.filter(stays('Task')),
  })
  const day = mergeEditWith<Plan, CarePlan>(planKind, plan.id, next)
  const dayOf = (current: Resource) => planKind.fromFhir(current as CarePlan).reviewOn
  // when repeated after a lost answer, a record that is already as intended is left alone
  const onto: Edit['onto'] = (current) =>
    isSaid && current && dayOf(current) === review.next ? undefined : day.onto(current)
  await changePlan({
    ...{ person, planId: undefined, kind: 'hold-review', room: 'roof' },
    edits: [once, ...over.map((about) => ending(about, person)), { ...day, onto }],
  })
}

/** A goal or a promise that a review ends; one that has ended already is left alone. */
function ending(about: string, person: string): Edit {
  const [type, id = ''] = about.split('/')
  const written = writtenNow(person)
  const end = <T extends Goal | Action>(existing: T): T => ({
    ...{ ...existing, state: 'stopped', written },
  })
  const edit =
    type === 'Goal'
      ? mergeEditWith<Goal, FhirGoal>(goalKind, id, end)
      : mergeEditWith<Action, Task>(actionKind, id, end)
  const isOver = (current: Resource) =>
    (current.resourceType === 'Goal' && goalKind.fromFhir(current).state === 'stopped') ||
    (current.resourceType === 'Task' && actionKind.fromFhir(current).state === 'stopped')
  return {
    ...edit,
    onto: (current) => (current && isOver(current) ? undefined : edit.onto(current)),
  }
}

/**
 * A call or a visit, made or tried, in the name of the signed-in user. Only one that reached the person ends a wait for
 * it. The caller keeps `id` over retries.
 */
export async function noteContact(
  contact: Pick<Contact, 'id' | 'person' | 'way' | 'reached' | 'words'>,
): Promise<void> {
  await createOnce(contactToFhir({ ...contact, ...writtenNow(contact.person) }))
}

/** Changes the state of a case on the current record; refused if the case has changed since. */
function caseEdit(caseId: string, change: (found: Case) => Case): Edit {
  return {
    ...{ type: 'EpisodeOfCare', id: caseId },
    onto: (current) =>
      current?.resourceType === 'EpisodeOfCare'
        ? caseToFhir(change(caseFromFhir(current)), now().toISOString(), current)
        : undefined,
  }
}

/** Pauses a case with a reason. Rejects with `CaseMovedOn` if it is not open. */
export async function pauseCase(caseId: string, reason: string): Promise<void> {
  const pause = (found: Case): Case => ({ ...movedCase(found, 'paused'), reason })
  await saveTogether({ edits: [caseEdit(caseId, pause)] })
}

/** Restarts a paused case: what arrived meanwhile is shown on the Today page. Rejects with `CaseMovedOn`. */
export async function resumeCase(caseId: string): Promise<void> {
  const resume = ({ reason: _why, ...found }: Case) => movedCase(found, 'open')
  await saveTogether({ edits: [caseEdit(caseId, resume)] })
}

type StepDownToTake = Pick<StepDown, 'why' | 'bringsBack' | 'lookAgain'> &
  Readonly<{
    /** id of the task to look again, kept over retries */
    task: string
    name: string
  }>

/** Puts an open case on a lighter level, with a task for whoever coordinates to look again: both or neither. */
export async function stepDownCase(found: Case, asked: StepDownToTake): Promise<void> {
  const { task, name, ...said } = asked
  const written = writtenNow(found.person)
  const lighter = (existing: Case): Case => ({
    ...existing,
    stepDown: { ...said, task, since: written.at },
  })
  const look = newTask(
    {
      ...{ id: task, person: found.person, dueOn: asked.lookAgain },
      what: `Look again: is the lighter level still enough for ${name}?`,
      ...(found.coordinator ? { owner: found.coordinator } : {}),
    },
    written,
  )
  await saveTogether({
    edits: [
      caseEdit(found.id, lighter),
      { type: 'Task', id: task, isNew: true, onto: (current) => (current ? undefined : look) },
    ],
  })
}

/**
 * Back to the usual level: the task to look again is called off with it. When and why it was lighter stays in the
 * history of the case.
 */
export async function stepUpCase({ id, person, stepDown }: Case): Promise<void> {
  const usual = ({ stepDown: _lighter, ...found }: Case): Case => found
  const look: Edit[] = stepDown?.task ? [calledOff(stepDown.task, person)] : []
  await saveTogether({ edits: [caseEdit(id, usual), ...look] })
}

/** A task that is over, or not here, stays as it is. */
function calledOff(id: string, person: string): Edit {
  return {
    ...{ type: 'Task', id },
    onto: (current) =>
      current?.resourceType === 'Task' && isOpen(taskFromFhir(current).state)
        ? recordWithDeed(current, { kind: 'cancel', words: '', ...writtenNow(person) })
        : undefined,
  }
}

/**
 * Closes a case: its outcome, the end of its plan and of its team, all at once. Rejects with `CaseStillOpen`, which
 * names what somebody still waits for, and with `CaseMovedOn` if the case has ended already.
 */
export async function closeCase(
  ended: Readonly<{
    caseId: string
    plan: Plan | undefined
    outcome: CaseOutcome
    words: string
  }> &
    Pick<Case, 'continues' | 'comeBack'>,
): Promise<void> {
  const { caseId, plan, ...said } = ended
  const episode = caseFromFhir(await fhir.read('EpisodeOfCare', caseId))
  const open = await findOpenWork(episode.person, new AbortController().signal)
  const end = { ...said, at: now().toISOString(), open }
  const team: Edit = {
    ...{ type: 'CareTeam', id: teamIdFor(caseId) },
    onto: (current) =>
      current && {
        ...{ ...(current as CareTeam), id: teamIdFor(caseId), status: 'inactive' },
        period: { ...(current as CareTeam).period, end: clockToday() },
      },
  }
  const endPlan = (existing: Plan): Plan => ({ ...existing, ended: true })
  const plans = plan ? [mergeEditWith<Plan, CarePlan>(planKind, plan.id, endPlan)] : []
  const close = caseEdit(caseId, (found) => closedCase(found, end))
  await saveTogether({ edits: [close, ...plans, team] })
}
