import type { Actor } from '#domain/access/actor.ts'
import { isStaff } from '#domain/access/actor.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { forbidden, notFound } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export const readerOf = (actor: Actor): string => agentOf(actor) ?? `identity/${actor.identity}`

/** Whoever may list people keeps lists; a program keeps none. Throws 403. */
export function mustKeepLists(actor: Actor): void {
  if ((!isStaff(actor) && actor.role !== 'admin') || actor.role === 'program')
    throw forbidden('Only people who care for others keep lists')
}

type Row = Readonly<{
  id: string
  owner: string
  owner_name: string
  name: string
  shared: boolean
  filters: FindFilter | string
}>

/** Own lists, and those that colleagues of the same organisation share; by name. */
export async function listsOf(sql: Sql, actor: Actor, id?: string): Promise<readonly SavedList[]> {
  const { rows } = await sql.query<Row>(
    `select id, owner, owner_name, name, shared, filters from saved_list
     where not deleted and (owner = $1 or (shared and organisation = $2 and $2 <> ''))
       and ($3::text is null or id = $3) order by lower(name), id`,
    [readerOf(actor), actor.organisation ?? '', id ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    shared: row.shared,
    isOwn: row.owner === readerOf(actor),
    ownerName: row.owner_name,
    filters: storedRecord<FindFilter>(row.filters),
  }))
}

/** 404 for a list that the caller may not know of. */
export async function listFor(sql: Sql, actor: Actor, id: string): Promise<SavedList> {
  const [list] = await listsOf(sql, actor, id)
  if (!list) throw notFound()
  return list
}
