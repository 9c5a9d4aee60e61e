import type { OperationCall } from '#server/operations/operation.ts'
import type { FindPeople } from '#server/operations/worklists/find-people-request.ts'
import { listedSql } from '#server/operations/worklists/find-people-sql.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { Params } from '#server/store/params.ts'
import { listFor, readerOf } from './list-for.ts'
import { requestOfList } from './list-order.ts'

/** Longer lists are not compared. */
const most = 5_000

/** What a reader was shown can be marked as seen for as long. */
const keptDays = 2

/** Everybody in a list whom the caller may see; undefined if they are too many to compare. */
async function peopleInList(
  call: OperationCall,
  request: FindPeople,
): Promise<readonly string[] | undefined> {
  const params = new Params()
  const { rows } = await call.sql.query<{ person: string }>(
    `select p.person from person_row p where ${listedSql(call, request, params)} limit ${most + 1}`,
    params.values,
  )
  return rows.length > most ? undefined : rows.map(({ person }) => person).toSorted()
}

type News = Readonly<{
  /** instant; absent: the caller never marked this list as seen */
  since?: string
  come?: number
  gone?: number
  tooMany?: boolean
  /** of the people who are compared: with it exactly they are marked as seen */
  stamp?: string
  /** who was not in the list then */
  isNew: (person: string) => boolean
}>

/**
 * What changed in a saved list since the caller marked it as seen; undefined without a saved list. It is compared in the
 * list’s own order, because an order leaves out whom it cannot place.
 */
export async function listNews(
  call: OperationCall,
  { cohort }: Pick<FindPeople, 'cohort'>,
): Promise<News | undefined> {
  if (!cohort) return undefined
  const { filters } = await listFor(call, cohort)
  const { sql } = call.context.service
  const { rows } = await sql.query<{ at: Date | string; people: string[] }>(
    'select at, people from list_seen where agent = $1 and list = $2',
    [readerOf(call.actor), cohort],
  )
  const [seen] = rows
  const since = seen ? { since: new Date(seen.at).toISOString() } : {}
  const now = await peopleInList(call, await requestOfList(call, filters))
  if (!now) return { ...since, tooMany: true, isNew: () => false }
  const stamp = await keepShown(call, cohort, now)
  if (!seen) return { stamp, isNew: () => false }
  const before = new Set(seen.people)
  const still = new Set(now)
  return {
    ...{ ...since, stamp },
    come: now.filter((each) => !before.has(each)).length,
    gone: seen.people.filter((each) => !still.has(each)).length,
    isNew: (person) => still.has(person) && !before.has(person),
  }
}

/** Under a stamp that is the same for the same people. */
async function keepShown(
  { actor, context, now }: OperationCall,
  list: string,
  people: readonly string[],
): Promise<string> {
  const stamp = sha256Hex(JSON.stringify(people)).slice(0, 32)
  const { sql } = context.service
  const agent = readerOf(actor)
  await sql.query(
    `insert into list_shown (agent, list, stamp, at, people) values ($1, $2, $3, $4::timestamptz, $5::text[])
     on conflict (agent, list, stamp) do update set at = excluded.at`,
    [agent, list, stamp, now.toISOString(), [...people]],
  )
  await sql.query(
    `delete from list_shown where agent = $1 and at < $2::timestamptz - interval '${keptDays} days'`,
    [agent, now.toISOString()],
  )
  return stamp
}

/** From what the caller was shown under this stamp on, the list says what changed. 422 if it was not shown, or long ago. */
export async function markShownAsSeen(
  { actor, context }: OperationCall,
  list: string,
  stamp: string,
): Promise<void> {
  const { rows } = await context.service.sql.query(
    `insert into list_seen (agent, list, at, people)
     select agent, list, at, people from list_shown where agent = $1 and list = $2 and stamp = $3
     on conflict (agent, list) do update set at = excluded.at, people = excluded.people returning list`,
    [readerOf(actor), list, stamp],
  )
  if (rows.length === 0)
    throw new FhirProblem(
      422,
      'business-rule',
      'Open the list again with $find-people (cohort), and send the stamp of its news',
      { expression: 'stamp' },
    )
}

/** A list that asks for others is not compared with who was in it before. */
export async function forgetSeen({ context }: OperationCall, list: string): Promise<void> {
  for (const table of ['list_seen', 'list_shown'])
    await context.service.sql.query(`delete from ${table} where list = $1`, [list])
}
