import type { List, Task } from '@medplum/fhirtypes'
import { addDays, dayWritten } from '#domain/calendar/days.ts'
import { askedItems, letterItem, medicineItems, referralItems } from '#domain/today/asked-items.ts'
import { withWhose } from '#domain/today/claim.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { TodayMeeting } from '#domain/today/today-parameters.ts'
import { talksSince } from '#server/operations/meetings/stored-talks.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

const [daysBack, daysAhead] = [14, 7]

/** What meetings leave to do: those to which the reader is asked, and letters that nobody has sent. */
export async function meetingWork(
  call: OperationCall,
  people: readonly string[],
): Promise<Readonly<{ meetings: readonly TodayMeeting[]; letters: readonly TodayItem[] }>> {
  const me = `Practitioner/${call.actor.practitioner}`
  const talks = (await talksSince(call, addDays(call.today, -daysBack))).map(({ talk }) => talk)
  const last = addDays(call.today, daysAhead)
  const mine = talks.filter(
    ({ state, start, members }) =>
      (state === 'planned' || state === 'now') &&
      dayWritten(start) >= call.today &&
      dayWritten(start) <= last &&
      members.some(({ reference }) => reference === me),
  )
  const meetings = [...Map.groupBy(mine, ({ meeting }) => meeting).values()].map((each) => ({
    ...{ id: each[0]?.meeting ?? '', title: each[0]?.title ?? '', start: each[0]?.start ?? '' },
    people: each.length,
  }))
  const decided = talks.filter(
    ({ state, decisions, person }) =>
      state === 'done' && decisions.length > 0 && people.includes(person),
  )
  const sent = await lettersSent(
    call,
    decided.map(({ id }) => id),
  )
  return {
    meetings: meetings.toSorted((one, other) => one.start.localeCompare(other.start)),
    letters: decided.filter(({ id }) => !sent.has(id)).map(letterItem),
  }
}

async function lettersSent(
  { sql, scope, now }: OperationCall,
  talks: readonly string[],
): Promise<ReadonlySet<string>> {
  if (talks.length === 0) return new Set()
  const params = new Params()
  const ids = params.add(
    talks.map((id) => `letter-${id}`),
    'text[]',
  )
  const { rows } = await sql.query<{ id: string }>(
    `select r.id from resource r where r.rt = 'Communication' and r.content is not null
       and r.id = any(${ids}) and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return new Set(rows.map(({ id }) => id.slice('letter-'.length)))
}

/** Medicines after a stay that nobody has sorted out, of these people. */
export async function medicineWork(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
): Promise<readonly TodayItem[]> {
  if (people.length === 0) return []
  const params = new Params()
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select r.id, r.content from resource r
     where r.rt = 'List' and r.person = any(${params.add([...people], 'text[]')})
       and r.content ->> 'status' = 'current'
       and r.content -> 'code' -> 'coding' @> '[{"code":"medicines-reconciled"}]'
       and ${scopeSql(scope, 'r', params, now)} order by r.rid`,
    params.values,
  )
  return medicineItems(rows.map(({ id, content }) => ({ ...(storedRecord(content) as List), id })))
}

/**
 * What the reader, somebody whom they cover for, or their organisation is asked about people who are not on the reader’s caseload: what is due first, and
 * how many more open tasks and referrals there are.
 */
export async function askedElsewhere(
  { actor, sql, scope, now, today, context: { zone } }: OperationCall,
  known: readonly string[],
  covered: readonly string[] = [],
): Promise<Readonly<{ items: readonly TodayItem[]; more: number }>> {
  if (!actor.practitioner) return { items: [], more: 0 }
  const params = new Params()
  const owners = [
    ...[`Practitioner/${actor.practitioner}`, ...covered],
    ...(actor.organisation ? [`Organization/${actor.organisation}`] : []),
  ]
  const { rows } = await sql.query<{ id: string; content: unknown; all: string | number }>(
    `select r.id, r.content, count(*) over () as all from resource r
     where r.rt = 'Task' and r.content ->> 'intent' = 'order'
       and r.content ->> 'status' in ('requested', 'received', 'accepted', 'in-progress')
       and r.content #>> '{owner,reference}' = any(${params.add(owners, 'text[]')})
       and (r.content -> 'code' -> 'coding' @> '[{"code":"referral"}]'
         or (r.content -> 'code' -> 'coding' @> '[{"code":"staff-task"}]'
           and (r.content ->> 'status' in ('requested', 'received')
             or r.content #>> '{restriction,period,end}' < ${params.add(addDays(today, 2), 'text')})))
       and not (r.person = any(${params.add([...known], 'text[]')}))
       and ${scopeSql(scope, 'r', params, now)}
     order by r.content #>> '{restriction,period,end}' nulls last, r.id limit ${mostElsewhere}`,
    params.values,
  )
  const tasks = rows.map(({ id, content }) => ({ ...(storedRecord(content) as Task), id }))
  const items = withWhose(
    [...askedItems(tasks, actor, { today, zone }, true), ...referralItems(tasks, actor, today)],
    [],
    undefined,
  )
  return { items, more: Number(rows[0]?.all ?? 0) - rows.length }
}

const mostElsewhere = 200
