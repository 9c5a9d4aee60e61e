import type { Parameters, Resource, Task } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
import { as, group, integer, list, parameters, record, text } from '#domain/fhir/parameters.ts'
import { taskFromFhir } from './fhir.ts'
import type { CareTask } from './task.ts'

export const whoseTasks = ['mine', 'team', 'overdue'] as const
export type Whose = (typeof whoseTasks)[number]

export type MyTask<T> = Readonly<{ task: T; family: string; given: string }>
export type MyTasks<T = CareTask> = Readonly<{
  /** how many there are in each of the three lists, whichever is asked for */
  counts: Readonly<Record<Whose, number>>
  rows: readonly MyTask<T>[]
}>

/** The result of `$my-tasks`. */
const codec = parameters({
  ...{ mine: integer, team: integer, overdue: integer },
  rows: as(
    'task',
    list(group({ task: as('record', record<Task>('Task')), family: text, given: text })),
  ),
})

export const myTasksToParameters = ({ counts, rows }: MyTasks<Task>): Parameters =>
  codec.write({ ...counts, rows })

export function myTasksFromParameters(answer: Resource, zone = usualZone): MyTasks {
  const { rows, ...counts } = codec.read(answer)
  return {
    counts,
    rows: rows.flatMap(({ task, ...who }) =>
      task ? [{ task: taskFromFhir(task, zone), ...who }] : [],
    ),
  }
}
