import type { Parameters, ParametersParameter, Task } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
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

export function myTasksToParameters({ counts, rows }: MyTasks<Task>): Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      ...whoseTasks.map((whose) => ({ name: whose, valueInteger: counts[whose] })),
      ...rows.map(({ task, family, given }) => ({
        name: 'task',
        part: [
          { name: 'record', resource: task },
          ...(family ? [{ name: 'family', valueString: family }] : []),
          ...(given ? [{ name: 'given', valueString: given }] : []),
        ],
      })),
    ],
  }
}

export function myTasksFromParameters({ parameter = [] }: Parameters, zone = usualZone): MyTasks {
  const count = (whose: Whose) => parameter.find((each) => each.name === whose)?.valueInteger ?? 0
  return {
    counts: { mine: count('mine'), team: count('team'), overdue: count('overdue') },
    rows: parameter.filter((each) => each.name === 'task').flatMap((each) => rowFrom(each, zone)),
  }
}

function rowFrom({ part = [] }: ParametersParameter, zone: string): readonly MyTask<CareTask>[] {
  const of = (name: string) => part.find((each) => each.name === name)
  const record = of('record')?.resource
  if (record?.resourceType !== 'Task') return []
  return [
    {
      task: taskFromFhir(record, zone),
      family: of('family')?.valueString ?? '',
      given: of('given')?.valueString ?? '',
    },
  ]
}
