import type { Parameters, Resource, Task } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
import { as, day, group, integer, list, parameters, record, text } from '#domain/fhir/parameters.ts'
import { taskFromFhir } from './fhir.ts'
import type { CareTask } from './task.ts'

export const whoseTasks = ['mine', 'team', 'overdue'] as const
export type Whose = (typeof whoseTasks)[number]

export type MyTask<T> = Readonly<{ task: T; family: string; given: string }>
export type MyTasks<T = CareTask> = Readonly<{
  /** how many there are in each of the three lists, whichever is asked for */
  counts: Readonly<Record<Whose, number>>
  rows: readonly MyTask<T>[]
  /** how many of the list are due on each of the coming seven days; days without any are left out */
  days: readonly DayCount[]
  /** of the list, what was done yesterday */
  done: readonly MyTask<T>[]
}>

type DayCount = Readonly<{ day: string; count: number }>

const row = group({ task: as('record', record<Task>('Task')), family: text, given: text })

/** The result of `$my-tasks`. */
const codec = parameters({
  ...{ mine: integer, team: integer, overdue: integer },
  rows: as('task', list(row)),
  days: as('day', list(group({ day, count: integer }))),
  done: list(row),
})

export const noTasks: MyTasks<Task> = {
  ...{ counts: { mine: 0, team: 0, overdue: 0 }, rows: [], days: [], done: [] },
}

export const myTasksToParameters = ({ counts, ...rest }: MyTasks<Task>): Parameters =>
  codec.write({ ...counts, ...rest })

export function myTasksFromParameters(answer: Resource, zone = usualZone): MyTasks {
  const { rows, done, days, ...counts } = codec.read(answer)
  const read = (all: typeof rows) =>
    all.flatMap(({ task, ...who }) => (task ? [{ task: taskFromFhir(task, zone), ...who }] : []))
  return { counts, rows: read(rows), days, done: read(done) }
}

/** Days of the digest, with today. */
export const daysAhead = 7
