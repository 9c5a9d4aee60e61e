import type { Task } from '@medplum/fhirtypes'
import { extensionOf, idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { Who, WrittenBy } from '#domain/plan/plan.ts'
import { newTask } from '#domain/task/fhir.ts'

/** What has to be in place when somebody comes home. */
export const arrangedKinds = ['equipment', 'follow-up', 'carer', 'medicine', 'other'] as const
export type ArrangedKind = (typeof arrangedKinds)[number]

export type ArrangedTask = Readonly<{
  id: string
  person: string
  stay: string
  kind: ArrangedKind
  what: string
  owner: Who
  /** `YYYY-MM-DD` */
  dueOn: string
}>

/** A task of the staff, with the stay that it comes from. */
export function arrangedTask(
  { stay, kind, ...task }: ArrangedTask,
  written: WrittenBy,
): Task & { id: string } {
  const record = newTask(task, written)
  return {
    ...record,
    encounter: { reference: `Encounter/${stay}` },
    ...withExtensions(record, { 'arranged-for': [{ valueCode: kind }] }),
  }
}

/** Which stay a task comes from, and for what; undefined for other tasks. */
export function arrangedIn(task: Task): Readonly<{ stay: string; kind: ArrangedKind }> | undefined {
  const code = extensionOf(task, 'arranged-for')?.valueCode
  const kind = arrangedKinds.find((each) => each === code)
  const stay = idIn(task.encounter?.reference)
  return kind && stay ? { stay, kind } : undefined
}
