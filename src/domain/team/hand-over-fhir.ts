import type { Patient, Resource, Task } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { given, ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { recordWithDeed, taskFromFhir } from '#domain/task/fhir.ts'
import type { TaskAction, TaskActionKind } from '#domain/task/task.ts'
import type { HandOver, HandOverState } from './hand-over.ts'

const code = 'registration-handover'

/** True for a task by which one practice hands a person over to another: `requester` the one, `owner` the other. */
export function isHandOver(resource: Resource | undefined): resource is Task {
  if (resource?.resourceType !== 'Task') return false
  return (
    resource.code?.coding?.some((each) => each.system === gableCodeSystem && each.code === code) ??
    false
  )
}

/** The first day on which it may be accepted; empty: at once. */
export const handOverStart = (task: Task): string =>
  dayWritten(task.restriction?.period?.start ?? '')

const states: Readonly<Record<string, HandOverState>> = {
  completed: 'accepted',
  rejected: 'declined',
  failed: 'declined',
  cancelled: 'withdrawn',
  'entered-in-error': 'withdrawn',
}
const deedFor: Readonly<Record<Exclude<HandOverState, 'asked'>, TaskActionKind>> = {
  accepted: 'do',
  declined: 'refuse',
  withdrawn: 'cancel',
}

export function handOverFromFhir(task: Task): HandOver | undefined {
  const { id, person, owner, askedBy, askedOn, note, state: _state, deeds } = taskFromFhir(task)
  if (!isHandOver(task) || !owner || !askedBy) return undefined
  const state = states[task.status ?? ''] ?? 'asked'
  const asking = deeds.find(({ kind }) => kind === 'hand-on')
  const answer =
    state === 'asked' ? undefined : deeds.findLast(({ kind }) => kind === deedFor[state])
  return {
    ...{ id, person, by: askedBy, to: owner, state },
    from: handOverStart(task) || (askedOn ?? ''),
    why: asking?.words ?? note,
    ...given('asked', asking && { by: asking.by, at: asking.at }),
    ...given('answer', answer && { by: answer.by, at: answer.at, words: answer.words }),
  }
}

type Asking = Pick<HandOver, 'id' | 'person' | 'by' | 'to' | 'from' | 'why'>

/** The task by which a practice asks; `what` is its title in the language of the user who asks. */
export function askedHandOver(
  asking: Asking,
  { what, written }: Readonly<{ what: string; written: WrittenBy }>,
): Task & { id: string } {
  const { id, person, by, to, from, why } = asking
  const task: Task = {
    ...{ resourceType: 'Task', id, status: 'requested', intent: 'order', code: ownCode(code) },
    ...{ for: { reference: `Patient/${person}` }, focus: { reference: `Patient/${person}` } },
    ...{ description: what, authoredOn: written.at },
    ...{ requester: referenceTo(by), owner: referenceTo(to) },
    restriction: { period: { start: from } },
  }
  return recordWithDeed(task, { kind: 'hand-on', ...written, words: why, to })
}

/** The task answered. Throws `TaskActionNotPossible` if somebody was first. */
export function answeredHandOver(
  task: Task,
  state: Exclude<HandOverState, 'asked'>,
  said: Omit<TaskAction, 'kind' | 'to'>,
): Task & { id: string } {
  return recordWithDeed(task, { ...said, kind: deedFor[state] })
}

const isPractice = (reference: string | undefined) =>
  reference?.startsWith('Organization/') ?? false

/** The practices that a Patient names, each as a relative reference. */
export const practicesOf = (patient: Patient): readonly string[] => [
  ...new Set(
    [...(patient.generalPractitioner ?? []), patient.managingOrganization]
      .flatMap((each) => each?.reference ?? [])
      .filter(isPractice),
  ),
]

/** The person registered with the one practice instead of the other. Doctors by name stay with the practice they work for. */
export function withNewRegistration(
  patient: Patient,
  { by, to }: Pick<HandOver, 'by' | 'to'>,
): Patient & { id: string } {
  const { generalPractitioner = [], managingOrganization } = patient
  const others = generalPractitioner.filter(
    ({ reference }) =>
      isPractice(reference) && reference !== by.reference && reference !== to.reference,
  )
  const isManaged = managingOrganization?.reference === by.reference
  return {
    ...patient,
    id: patient.id ?? '',
    generalPractitioner: [...others, referenceTo(to)],
    ...(isManaged ? { managingOrganization: referenceTo(to) } : {}),
  }
}
