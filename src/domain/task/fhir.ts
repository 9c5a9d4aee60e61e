import type { Extension, Task } from '@medplum/fhirtypes'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import {
  extensionsOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import { dueRuleOf, dueRuleTo, repeatOf, repeatTo } from './due-rule.ts'
import {
  type CareTask,
  type TaskAction,
  type TaskActionKind,
  type TaskState,
  withTaskAction,
} from './task.ts'

const states: Readonly<Record<string, TaskState>> = {
  accepted: 'accepted',
  'in-progress': 'in-progress',
  completed: 'completed',
  rejected: 'rejected',
  failed: 'cancelled',
  cancelled: 'cancelled',
  'entered-in-error': 'cancelled',
}

const isCoded = (task: Task, code: string) =>
  task.code?.coding?.some((each) => each.code === code) ?? false

export const isReferralTask = (task: Task) => isCoded(task, 'referral')

const planOf = (task: Task) =>
  [task.focus, ...(task.basedOn ?? [])].find((each) => each?.reference?.startsWith('CarePlan/'))

/** `zone`: the service's; days that were sent as instants are its days. */
export function taskFromFhir(task: Task, zone = usualZone): CareTask {
  const day = (at: string | undefined) => at && dayOf(at, zone)
  return {
    ...recordFrom(task, task.requester),
    person: idIn(task.for?.reference),
    what: task.description ?? task.code?.text ?? '',
    note: task.note?.[0]?.text ?? '',
    ...given('owner', whoFrom(task.owner)),
    ...given('askedBy', whoFrom(task.requester)),
    ...given('askedOn', day(task.authoredOn)),
    ...given('dueOn', day(task.restriction?.period?.end)),
    ...given('doneOn', day(task.executionPeriod?.end)),
    ...given('repeats', repeatOf(task)),
    ...given('dueRule', dueRuleOf(task)),
    state: states[task.status ?? ''] ?? 'requested',
    deeds: extensionsOf(task, 'task-deed').map(deedFrom),
    ...given('planId', idIn(planOf(task)?.reference)),
    isReferral: isReferralTask(task),
    isHandOver: isCoded(task, 'registration-handover'),
    ...(isCoded(task, 'after-death') ? { isAfterDeath: true } : {}),
  }
}

function deedFrom({ extension = [] }: Extension): TaskAction {
  const part = (url: string) => extension.find((each) => each.url === url)
  const by = whoFrom(part('by')?.valueReference)
  return {
    kind: (part('kind')?.valueCode ?? 'take') as TaskActionKind,
    by: by ?? { reference: '', name: '', voice: 'professional' },
    at: part('at')?.valueDateTime ?? '',
    words: part('words')?.valueString ?? '',
    ...given('to', whoFrom(part('to')?.valueReference)),
    ...given('dueOn', part('due-on')?.valueDate),
  }
}

function deedTo(deed: TaskAction): Omit<Extension, 'url'> {
  return {
    extension: [
      { url: 'kind', valueCode: deed.kind },
      { url: 'by', valueReference: referenceTo(deed.by) },
      { url: 'at', valueDateTime: deed.at },
      ...(deed.words ? [{ url: 'words', valueString: deed.words }] : []),
      ...(deed.to ? [{ url: 'to', valueReference: referenceTo(deed.to) }] : []),
      ...(deed.dueOn ? [{ url: 'due-on', valueDate: deed.dueOn }] : []),
    ],
  }
}

/**
 * The record after an action; everything that we do not know in it is kept. The actions are in extensions of their own,
 * because the first note of a step is part of what was agreed. Throws `TaskActionNotPossible`.
 */
export function recordWithDeed(
  task: Task,
  deed: TaskAction,
  zone = usualZone,
): Task & { id: string } {
  const after = withTaskAction(taskFromFhir(task, zone), deed, dayOf(deed.at, zone))
  const { statusReason: _reason, ...rest } = task
  const refused = after.state === 'rejected' && deed.words
  return {
    ...rest,
    id: after.id,
    status: deed.kind === 'move' ? task.status : after.state,
    ...(deed.kind === 'move' ? { restriction: restrictionUntil(task, deed.dueOn) } : {}),
    ...(after.owner ? { owner: referenceTo(after.owner) } : {}),
    ...(refused ? { statusReason: { text: deed.words } } : {}),
    ...(after.doneOn ? { executionPeriod: { ...task.executionPeriod, end: after.doneOn } } : {}),
    ...withExtensions(task, {
      'task-deed': after.deeds.map(deedTo),
      ...(deed.kind === 'move' ? { 'task-due-rule': [] } : {}),
      written: writtenExtension({ by: deed.by, at: deed.at }),
    }),
  }
}

const restrictionUntil = ({ restriction }: Task, end: string | undefined) => ({
  ...restriction,
  period: { ...restriction?.period, ...given('end', end) },
})

/** A new task for staff, outside the plan. */
export function newTask(
  task: Pick<CareTask, 'id' | 'person' | 'what' | 'owner' | 'dueOn' | 'repeats' | 'dueRule'>,
  written: NonNullable<CareTask['written']>,
): Task & { id: string } {
  return {
    resourceType: 'Task',
    id: task.id,
    status: 'requested',
    intent: 'order',
    code: ownCode('staff-task'),
    for: { reference: `Patient/${task.person}` },
    description: task.what,
    authoredOn: written.at,
    requester: referenceTo(written.by),
    ...(task.owner ? { owner: referenceTo(task.owner) } : {}),
    ...(task.dueOn ? { restriction: { period: { end: task.dueOn } } } : {}),
    ...withExtensions(undefined, {
      'task-repeat': repeatTo(task.repeats),
      'task-due-rule': dueRuleTo(task.dueRule),
      written: writtenExtension(written),
    }),
  }
}

/** A task for staff, outside the plan. */
export const isStaffTask = (task: Task) => isCoded(task, 'staff-task')
