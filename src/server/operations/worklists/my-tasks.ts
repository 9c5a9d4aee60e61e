import type { Patient, Task } from '@medplum/fhirtypes'
import { personFromFhir } from '#domain/person/fhir.ts'
import { myTasksToParameters, type Whose, whoseTasks } from '#domain/task/my-tasks.ts'
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
    'Open tasks the caller can see: whose=mine, team (of my organisation, or for people in whose team I am) or overdue; count, offset',
  async run(call) {
    if (!call.actor.practitioner)
      return myTasksToParameters({ counts: { mine: 0, team: 0, overdue: 0 }, rows: [] })
    const [counts, rows] = await Promise.all([countsOf(call), rowsOf(call)])
    const tasks = rows.map(({ task }) => task)
    await noteShown(call.context, tasks, '$my-tasks')
    return myTasksToParameters({ counts, rows })
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
function openSql({ actor, scope, now, context: { zone } }: OperationCall, params: Params): string {
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
      and r.content ->> 'status' in
        ('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')
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

async function rowsOf(call: OperationCall) {
  const { query, sql } = call
  const params = new Params()
  const open = openSql(call, params)
  const lists: Readonly<Record<Whose, () => string>> = {
    mine: () => 'o.is_mine',
    team: () => 'not o.is_mine',
    overdue: () => `o.due < ${params.add(call.today, 'text')}`,
  }
  const { rows } = await sql.query<Row>(
    `with open as (${open})
     select o.id, o.vid, o.content, p.content as patient
     from open o left join resource p on p.rt = 'Patient' and p.id = o.person
     where ${lists[whoseFrom(query)]()}
     order by o.due nulls last, o.id
     limit ${params.add(Math.min(numberIn(query, 'count', usual), most), 'integer')}
     offset ${params.add(numberIn(query, 'offset', 0), 'integer')}`,
    params.values,
  )
  return rows.map(({ id, vid, content, patient }) => {
    const task = storedRecord(content) as Task
    const { family = '', given = '' } = patient
      ? personFromFhir(storedRecord(patient) as Patient, call.today)
      : {}
    return { task: { ...task, id, meta: { ...task.meta, versionId: String(vid) } }, family, given }
  })
}
