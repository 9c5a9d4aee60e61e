import type { Patient, Task } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import {
  daysAhead,
  myTasksToParameters,
  noTasks,
  type Whose,
  whoseTasks,
} from '#domain/task/my-tasks.ts'
import { noteShown } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'
import { timeSql } from './time-sql.ts'

const most = 200
const usual = 50

/** Open tasks of the caller, of the caller's teams, or overdue, over everyone the caller can see. */
export const myTasksOperation: Operation = {
  name: 'my-tasks',
  on: 'system',
  changes: false,
  purpose:
    'Open tasks the caller can see: whose=mine, team (of my organisation, or for people in whose team I am) or overdue; count, offset; how many are due on each of seven days, and what was done yesterday',
  async run(call) {
    if (!call.actor.practitioner) return myTasksToParameters(noTasks)
    const [counts, rows] = await Promise.all([countsOf(call), rowsOf(call)])
    const [days, done] = [await daysOf(call), await doneOf(call)]
    const tasks = [...rows, ...done].map(({ task }) => task)
    await noteShown(call.context, tasks, '$my-tasks')
    return myTasksToParameters({ counts, rows, days, done })
  },
}

/** The day by which it is due, in the service’s time zone; a date without a time is that day everywhere. */
const dueSql = (zone: string) => {
  const end = `r.content #>> '{restriction,period,end}'`
  return `case when length(${end}) > 10
    then coalesce(to_char(${timeSql(`(${end})`)} at time zone ${zone}, 'YYYY-MM-DD'), ${end}) else ${end} end`
}

const whoseFrom = (query: URLSearchParams): Whose =>
  whoseTasks.find((each) => each === query.get('whose')) ?? 'mine'

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise)
  return Number.isInteger(value) && value >= 0 ? value : otherwise
}

/**
 * A promise to somebody who has died since is no longer due; a later agreement is, and what the death itself asks for. Open tasks that are mine or my
 * team's; `is_mine` tells which, `due` is the day (null: none).
 */
function openSql(
  { actor, scope, now, context: { zone } }: OperationCall,
  params: Params,
  isWanted = `r.content ->> 'status' in
        ('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')`,
): string {
  const me = params.add(actor.practitioner, 'text')
  const my = params.add(`Practitioner/${actor.practitioner}`, 'text')
  const ours = params.add(
    actor.organisation ? `Organization/${actor.organisation}` : 'Organization/',
    'text',
  )
  return `select r.id, r.vid, r.person, r.content,
      coalesce(r.content #>> '{owner,reference}', '') = ${my} as is_mine,
      ${dueSql(params.add(zone, 'text'))} as due
    from resource r
    where r.rt = 'Task' and r.content is not null
      and r.content ->> 'intent' = 'order'
      and ${isWanted}
      and (r.content #>> '{owner,reference}' in (${my}, ${ours})
        or r.person in (
          select l.person from relation l where l.agent = ${me} and l.kind in ('case', 'team')
            and (l.until is null or l.until > ${params.add(now, 'timestamptz')})))
      and not exists (
        select 1 from resource p where p.rt = 'Patient' and p.id = r.person and ${diedSql('p')} is not null
          and not coalesce(r.content #> '{code,coding}' @> '[{"code":"after-death"}]', false)
          and left(coalesce(r.content ->> 'authoredOn', ''), length(${diedSql('p')})) <= ${diedSql('p')})
      and ${scopeSql(scope, 'r', params, now)}`
}

type Counts = Readonly<Record<Whose, string | number>>

async function countsOf(call: OperationCall): Promise<Readonly<Record<Whose, number>>> {
  const params = new Params()
  const open = openSql(call, params)
  const { rows } = await call.sql.query<Counts>(
    `with open as (${open})
     select count(*) filter (where is_mine) as mine,
       count(*) filter (where not is_mine) as team,
       count(*) filter (where due < ${params.add(call.today, 'text')}) as overdue
     from open`,
    params.values,
  )
  const [counts] = rows
  return {
    mine: Number(counts?.mine ?? 0),
    team: Number(counts?.team ?? 0),
    overdue: Number(counts?.overdue ?? 0),
  }
}

type Row = Readonly<{ id: string; vid: number; content: unknown; patient: unknown }>

/** Which of them a list has. */
function listSql({ query, today }: OperationCall, params: Params): string {
  const lists: Readonly<Record<Whose, () => string>> = {
    mine: () => 'o.is_mine',
    team: () => 'not o.is_mine',
    overdue: () => `o.due < ${params.add(today, 'text')}`,
  }
  return lists[whoseFrom(query)]()
}

async function rowsOf(call: OperationCall) {
  const { query, sql } = call
  const params = new Params()
  const open = openSql(call, params)
  const { rows } = await sql.query<Row>(
    `with open as (${open})
     select o.id, o.vid, o.content, p.content as patient
     from open o left join resource p on p.rt = 'Patient' and p.id = o.person
     where ${listSql(call, params)}
     order by o.due nulls last, o.id
     limit ${params.add(Math.min(numberIn(query, 'count', usual), most), 'integer')}
     offset ${params.add(numberIn(query, 'offset', 0), 'integer')}`,
    params.values,
  )
  return rows.map((row) => taskWithName(row, call.today))
}

function taskWithName({ id, vid, content, patient }: Row, today: string) {
  const task = storedRecord(content) as Task
  const { family = '', given = '' } = patient
    ? personFromFhir(storedRecord(patient) as Patient, today)
    : {}
  return { task: { ...task, id, meta: { ...task.meta, versionId: String(vid) } }, family, given }
}

/** How many are due on each day of the coming week, however long the list is. */
async function daysOf(call: OperationCall) {
  const params = new Params()
  const open = openSql(call, params)
  const { rows } = await call.sql.query<{ day: string; count: string | number }>(
    `with open as (${open})
     select o.due as day, count(*) as count from open o
     where ${listSql(call, params)} and o.due >= ${params.add(call.today, 'text')}
       and o.due <= ${params.add(addDays(call.today, daysAhead - 1), 'text')}
     group by o.due order by o.due`,
    params.values,
  )
  return rows.map(({ day, count }) => ({ day, count: Number(count) }))
}

/** What was done yesterday, in the service’s time zone; nothing of it is overdue. */
async function doneOf(call: OperationCall) {
  if (whoseFrom(call.query) === 'overdue') return []
  const params = new Params()
  const yesterday = addDays(call.today, -1)
  const end = `(r.content #>> '{executionPeriod,end}')`
  const zone = params.add(call.context.zone, 'text')
  const done = openSql(
    call,
    params,
    `r.content ->> 'status' = 'completed'
      and ${end} >= ${params.add(addDays(yesterday, -1), 'text')}
      and case when length(${end}) > 10
        then to_char(${timeSql(end)} at time zone ${zone}, 'YYYY-MM-DD') else ${end} end
        = ${params.add(yesterday, 'text')}`,
  )
  const { rows } = await call.sql.query<Row>(
    `with open as (${done})
     select o.id, o.vid, o.content, p.content as patient
     from open o left join resource p on p.rt = 'Patient' and p.id = o.person
     where ${listSql(call, params)} order by o.id limit ${usual}`,
    params.values,
  )
  return rows.map((row) => taskWithName(row, call.today))
}
