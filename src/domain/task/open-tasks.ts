import type { Patient, Resource, Task } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { daysAhead, type MyTask, type MyTasks, type Whose, whoseTasks } from './my-tasks.ts'

const open = ['requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold']

type TasksRequest = Readonly<{
  whose: Whose
  count: number
  offset: number
  /** `Practitioner/…` */
  me: string
  /** `YYYY-MM-DD` */
  today: string
  /** the service's time zone */
  zone: string
}>

const dueOf = (task: Task, zone: string) => {
  const end = task.restriction?.period?.end
  return end && dayOf(end, zone)
}

/** The open tasks among these records, as `$my-tasks` returns them for a whole caseload. */
export function openTasks(
  records: ReadonlyMap<string, Resource>,
  request: TasksRequest,
): MyTasks<Task> {
  const all = [...records.values()].filter(
    (each): each is Task =>
      each.resourceType === 'Task' &&
      each.intent === 'order' &&
      open.includes(each.status ?? '') &&
      !isOver(each, records),
  )
  const isIn: Readonly<Record<Whose, (task: Task) => boolean>> = {
    mine: (task) => task.owner?.reference === request.me,
    team: (task) => task.owner?.reference !== request.me,
    overdue: (task) => (dueOf(task, request.zone) ?? '9999') < request.today,
  }
  const count = (whose: Whose) => all.filter(isIn[whose]).length
  const [mine, team, overdue] = whoseTasks.map(count)
  const rows = all.filter(isIn[request.whose]).toSorted(byDay(request.zone))
  const last = addDays(request.today, daysAhead - 1)
  const due = rows
    .map((task) => dueOf(task, request.zone) ?? '')
    .filter((day) => day >= request.today && day <= last)
  return {
    counts: { mine: mine ?? 0, team: team ?? 0, overdue: overdue ?? 0 },
    rows: rows
      .slice(request.offset, request.offset + request.count)
      .map(rowIn(records, request.today)),
    days: [...Map.groupBy(due, (day) => day)].map(([day, some]) => ({ day, count: some.length })),
    done: doneYesterday(records, request).map(rowIn(records, request.today)),
  }
}

/** What is on the device of what was done yesterday. */
function doneYesterday(
  records: ReadonlyMap<string, Resource>,
  { whose, me, today, zone }: TasksRequest,
): readonly Task[] {
  return [...records.values()].filter((each): each is Task => {
    if (each.resourceType !== 'Task' || each.intent !== 'order') return false
    const end = each.executionPeriod?.end
    const isDone = each.status === 'completed' && end && dayOf(end, zone) === addDays(today, -1)
    const isMine = each.owner?.reference === me
    return Boolean(isDone) && whose !== 'overdue' && isMine === (whose === 'mine')
  })
}

/** Promised to somebody who has died since: it is no longer due. */
function isOver(task: Task, records: ReadonlyMap<string, Resource>): boolean {
  const patient = records.get(`Patient/${idIn(task.for?.reference)}`) as Patient | undefined
  const died = patient?.deceasedDateTime ?? (patient?.deceasedBoolean ? 'true' : undefined)
  return died !== undefined && (task.authoredOn ?? '').slice(0, died.length) <= died
}

const byDay = (zone: string) => (one: Task, other: Task) =>
  `${dueOf(one, zone) ?? '9999'}${one.id}`.localeCompare(
    `${dueOf(other, zone) ?? '9999'}${other.id}`,
  )

const rowIn =
  (records: ReadonlyMap<string, Resource>, today: string) =>
  (task: Task): MyTask<Task> => {
    const patient = records.get(`Patient/${idIn(task.for?.reference)}`) as Patient | undefined
    const { family = '', given = '' } = patient ? personFromFhir(patient, today) : {}
    return { task, family, given }
  }
