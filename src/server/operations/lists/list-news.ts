import type { OperationCall } from '#server/operations/operation.ts'
import type { FindPeople } from '#server/operations/worklists/find-people-request.ts'
import { listedSql } from '#server/operations/worklists/find-people-sql.ts'
import { Params } from '#server/store/params.ts'
import { readerOf } from './list-for.ts'

/** Longer lists are not compared. */
const most = 5_000

/** Everybody in a list whom the caller may see; undefined if they are too many to compare. */
export async function peopleInList(
  call: OperationCall,
  request: FindPeople,
): Promise<readonly string[] | undefined> {
  const params = new Params()
  const { rows } = await call.sql.query<{ person: string }>(
    `select p.person from person_row p where ${listedSql(call, request, params)} limit ${most + 1}`,
    params.values,
  )
  return rows.length > most ? undefined : rows.map(({ person }) => person)
}

type News = Readonly<{
  /** instant; absent: the caller never marked this list as seen */
  since?: string
  come?: number
  gone?: number
  tooMany?: boolean
  /** who was not in the list then */
  isNew: (person: string) => boolean
}>

/** What changed in a saved list since the caller marked it as seen; undefined without a saved list. */
export async function listNews(
  call: OperationCall,
  request: FindPeople,
): Promise<News | undefined> {
  const { cohort } = request
  if (!cohort) return undefined
  const { rows } = await call.context.service.sql.query<{ at: Date | string; people: string[] }>(
    'select at, people from list_seen where agent = $1 and list = $2',
    [readerOf(call.actor), cohort],
  )
  const [seen] = rows
  if (!seen) return { isNew: () => false }
  const since = new Date(seen.at).toISOString()
  const now = await peopleInList(call, request)
  if (!now) return { since, tooMany: true, isNew: () => false }
  const before = new Set(seen.people)
  const still = new Set(now)
  return {
    since,
    come: now.filter((each) => !before.has(each)).length,
    gone: seen.people.filter((each) => !still.has(each)).length,
    isNew: (person) => !before.has(person),
  }
}
