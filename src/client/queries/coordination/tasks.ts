import type { Resource, Task } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords } from '#client/cache/records-at-hand.ts'
import { clockZone } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { corrections } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { changePlan, writtenNow } from '#client/queries/care-plan/plan.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { withRecord } from '#domain/fhir/with-record.ts'
import type { Who } from '#domain/plan/plan.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import { newTask, recordWithDeed, taskFromFhir } from '#domain/task/fhir.ts'
import { myTasksFromParameters, type Whose } from '#domain/task/my-tasks.ts'
import { type CareTask, inOrder, type TaskActionKind } from '#domain/task/task.ts'

/** All tasks for one person, open or done; without referrals. */
export const tasksQuery = (person: string) =>
  queryOptions({
    queryKey: ['tasks', person],
    ...madeOfRecords({
      kinds: ['Task'],
      find: (signal) =>
        allRecords('Task', { patient: `Patient/${person}`, intent: 'order' }, signal),
      make: (found) =>
        inOrder(
          found.map((each) => taskFromFhir(each, clockZone())).filter((task) => !task.isReferral),
        ),
      put: (found, records) =>
        records
          .filter(isTask)
          .reduce((all, task) => withRecord(all, task, isOf(person, task)), found),
      pick: (found, _type, id) => found.find((task) => task.id === id),
    }),
  })

export const tasksAPage = 50

/** A worklist over everyone the signed-in user can see; `page` counts from 1. */
export const myTasksQuery = (identity: string, whose: Whose, page: number) =>
  queryOptions({
    queryKey: ['my-tasks', identity, whose, page],
    // what is overdue changes with the day
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({
        ...{ whose, count: String(tasksAPage), offset: String((page - 1) * tasksAPage) },
      })
      return myTasksFromParameters(
        await fhir.operation(`$my-tasks?${query}`, undefined, signal),
        clockZone(),
      )
    },
    meta: { kinds: ['Task', 'CareTeam', 'EpisodeOfCare', 'Patient'] },
  })

const isTask = (record: Resource): record is Task => record.resourceType === 'Task'
const isOf = (person: string, task: Task) =>
  task.intent === 'order' && patientsOf(task).includes(person)

type TaskToDo = Pick<CareTask, 'id' | 'person' | 'planId'>

export type DeedSaid = Readonly<{
  kind: TaskActionKind
  words?: string
  to?: Who
  dueOn?: string
}>

/** Puts a task back as it was before an action; does nothing if somebody has continued with it since. */
export type Undo = () => Promise<void>

/**
 * Performs an action on the current task. Passing on a step of the plan changes what was agreed, so the plan's version
 * changes with it. Rejects with `TaskActionNotPossible` if someone else was first, otherwise as `saveTogether`.
 */
export async function doDeed(task: TaskToDo, said: DeedSaid): Promise<Undo> {
  const { by, at } = writtenNow(task.person)
  const { kind, words = '', to, dueOn } = said
  const deed = { kind, by, at, words: words.trim(), ...given('to', to), ...given('dueOn', dueOn) }
  let before: Task | undefined
  const touchesPlan = kind === 'hand-on'
  await saveStep(task, touchesPlan, {
    type: 'Task',
    id: task.id,
    onto: (current) => {
      if (current?.resourceType !== 'Task') return undefined
      // an answer was lost on the way: the action is done already
      if (taskFromFhir(current).deeds.some((each) => each.at === at)) return undefined
      before = current
      return recordWithDeed(current, deed, clockZone())
    },
  })
  return async () => {
    if (before) await takeBack(task, touchesPlan, before)
  }
}

async function saveStep(task: TaskToDo, touchesPlan: boolean, edit: Edit): Promise<void> {
  if (touchesPlan && task.planId) {
    const { person, planId } = task
    await changePlan({ person, planId, kind: 'hand-on-step', room: 'conversation', edits: [edit] })
    return
  }
  await saveTogether({ edits: [edit] })
}

async function takeBack(task: TaskToDo, touchesPlan: boolean, before: Task): Promise<void> {
  const made = String(Number(before.meta?.versionId) + 1)
  await saveStep(task, touchesPlan, {
    type: 'Task',
    id: task.id,
    onto: (current) =>
      current?.meta?.versionId === made
        ? { ...before, id: task.id, meta: { ...before.meta, versionId: made } }
        : undefined,
  })
}

/** Gives somebody a task for this person, outside the plan. Safe to repeat with the same id. */
export async function addTask(
  task: Pick<CareTask, 'id' | 'person' | 'what' | 'owner' | 'dueOn' | 'repeats' | 'dueRule'>,
): Promise<void> {
  const written = writtenNow(task.person)
  await saveTogether({
    edits: [
      {
        type: 'Task',
        id: task.id,
        isNew: true,
        // somebody may have continued with it already: then it did arrive
        onto: (current) =>
          current?.resourceType === 'Task' && taskFromFhir(current).deeds.length > 0
            ? undefined
            : corrections(newTask(task, written), current),
      },
    ],
  })
}
