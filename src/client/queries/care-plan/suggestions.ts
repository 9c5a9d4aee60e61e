import type { Task } from '@medplum/fhirtypes'
import { clockToday, now } from '#client/clock.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { sentReferral } from '#domain/referral/fhir.ts'
import {
  acceptedTask,
  type DismissalKind,
  dismissedTask,
  goalFrom,
  needFrom,
  suggestionFromFhir,
} from '#domain/suggestion/fhir.ts'
import { becomesRequestId, becomesTaskId, type Suggestion } from '#domain/suggestion/suggestion.ts'
import { newTask } from '#domain/task/fhir.ts'
import { changePlan, openPlanId, writtenNow } from './plan.ts'

/** Someone else decided about this suggestion in the meantime. */
export class AlreadyDecided extends Error {
  constructor() {
    super('Someone has already decided about this suggestion')
    this.name = 'AlreadyDecided'
  }
}

/** An edit of the current suggestion; a decision by someone else is never overwritten, the same one is not repeated. */
function decide(suggestion: Suggestion, decided: (task: Task) => Task): Edit {
  return {
    type: 'Task',
    id: suggestion.id,
    onto: (current) => {
      if (!current) throw new AlreadyDecided()
      const task = current as Task
      const next = decided(task)
      if (task.status === next.status && task.focus?.reference === next.focus?.reference) return
      if (suggestionFromFhir(task).state !== 'open') throw new AlreadyDecided()
      return { ...next, id: suggestion.id }
    },
  }
}

/** A record that is made once: if it exists, it stays as it is. */
function made(resource: ResourceWithId): Edit {
  return {
    type: resource.resourceType,
    id: resource.id,
    isNew: true,
    onto: (current) => (current ? undefined : resource),
  }
}

/** For a referral: who is asked. */
type Accepting = Readonly<{ suggestion: Suggestion; person: string; to?: Who | undefined }>

/**
 * Turns a suggestion into what it suggests, in one transaction with the decision, linked to the answers. Rejects with
 * `AlreadyDecided`.
 */
export async function acceptSuggestion({ suggestion, person, to }: Accepting): Promise<void> {
  if (suggestion.kind === 'need' || suggestion.kind === 'goal')
    return await acceptIntoPlan(suggestion, person)
  const records =
    suggestion.kind === 'referral' && to
      ? referralFrom(suggestion, person, to)
      : [taskFrom(suggestion, person)]
  const became = records.map((each) => `${each.resourceType}/${each.id}`).at(-1) ?? ''
  const at = now().toISOString()
  await saveTogether({
    edits: [...records.map(made), decide(suggestion, (task) => acceptedTask(task, became, at))],
  })
}

/** A task for the one who accepts it, by the day that the rule gives. */
function taskFrom(suggestion: Suggestion, person: string): ResourceWithId {
  const { words, days, because, kind } = suggestion
  const what = kind === 'assessment' ? `Ask: ${words}` : words
  const written = writtenNow(person)
  const task = newTask(
    {
      ...{ id: becomesTaskId(suggestion), person, what, owner: written.by },
      dueOn: addDays(clockToday(), days ?? usualDays),
    },
    written,
  )
  return {
    ...task,
    ...answersBehind(suggestion),
    ...(because ? { note: [{ text: `Because ${because}` }] } : {}),
  } as ResourceWithId
}

/** Our own number, for a rule without one. */
const usualDays = 14

const answersBehind = ({ from }: Suggestion) =>
  from ? { reasonReference: { reference: `QuestionnaireResponse/${from}` } } : {}

function referralFrom(suggestion: Suggestion, person: string, to: Who): readonly ResourceWithId[] {
  const { words, because = '', from } = suggestion
  const [request, task] = sentReferral(
    {
      ...{ id: becomesTaskId(suggestion), requestId: becomesRequestId(suggestion), person },
      ...{ what: words, why: because, to },
    },
    writtenNow(person),
  )
  const behind = from ? { supportingInfo: [{ reference: `QuestionnaireResponse/${from}` }] } : {}
  return [{ ...request, ...behind }, task]
}

/** With a plan it becomes part of it, so that the plan’s version changes; without one it is on the record until a plan is started. */
async function acceptIntoPlan(suggestion: Suggestion, person: string): Promise<void> {
  const at = now().toISOString()
  const written = writtenNow(person)
  // the id of the suggestion: accepted twice, in two places, it is still one record
  const facts = { id: suggestion.id, suggestion, person, written, on: clockToday() }
  const record = suggestion.kind === 'goal' ? goalFrom(facts) : needFrom(facts)
  const planId = await openPlanId(person)
  await changePlan({
    person,
    planId,
    kind: suggestion.kind === 'goal' ? 'write-goal' : 'write-need',
    room: 'conversation',
    // suggestions are between professionals, and so is what refers to them; this one is for the person to read
    untold: [`Task/${suggestion.id}`],
    edits: [
      made(record),
      decide(suggestion, (task) => acceptedTask(task, `${record.resourceType}/${record.id}`, at)),
    ],
    adjust: (plan) =>
      suggestion.kind === 'goal'
        ? { ...plan, goals: [...new Set([...plan.goals, record.id])] }
        : { ...plan, needs: [...new Set([...plan.needs, record.id])] },
  })
}

/** Dismisses a suggestion; the reason is saved with it. Rejects with `AlreadyDecided`. */
export async function dismissSuggestion(
  suggestion: Suggestion,
  why: Readonly<{ kind: DismissalKind; words: string }>,
): Promise<void> {
  const at = now().toISOString()
  await saveTogether({
    edits: [decide(suggestion, (task) => dismissedTask(task, { ...why, at }))],
  })
}
