import type { Scope } from '#domain/access/scope.ts'
import { scopeSql } from './access/scope-sql.ts'
import { countByPerson } from './count-by-person.ts'
import { Params } from './params.ts'
import type { ReadingSql } from './sql.ts'
import type { HistoryQuery, StoredVersion, StoredVersions } from './store.ts'
import { type StoredVersionRow, storedVersion } from './stored-version.ts'

type Deps = Readonly<{ sql: ReadingSql; now: Date }>

const columns = 'v.rt, v.id, v.vid, v.ts, v.person, v.room, v.content'

/** The current version, also a deletion. */
export async function readCurrent(
  type: string,
  id: string,
  scope: Scope,
  deps: Deps,
): Promise<StoredVersion | undefined> {
  const params = new Params()
  const { rows } = await deps.sql.query<StoredVersionRow>(
    `select ${columns} from resource v where v.rt = ${params.add(type)} and v.id = ${params.add(id)}
      and ${scopeSql(scope, 'v', params, deps.now)}`,
    params.values,
  )
  return rows[0] && storedVersion(rows[0])
}

/** The current versions of many, by `Type/id`. */
export async function readAllCurrent(
  names: readonly Readonly<{ type: string; id: string }>[],
  scope: Scope,
  deps: Deps,
): Promise<ReadonlyMap<string, StoredVersion>> {
  if (names.length === 0) return new Map()
  const params = new Params()
  const types = params.add(
    names.map(({ type }) => type),
    'text[]',
  )
  const ids = params.add(
    names.map(({ id }) => id),
    'text[]',
  )
  const { rows } = await deps.sql.query<StoredVersionRow>(
    `select ${columns} from unnest(${types}, ${ids}) as n (rt, id)
      join resource v on v.rt = n.rt and v.id = n.id where ${scopeSql(scope, 'v', params, deps.now)}`,
    params.values,
  )
  return new Map(rows.map((row) => [`${row.rt}/${row.id}`, storedVersion(row)]))
}

/** The current version decides about access to older ones: what was hidden stays hidden. */
function reachable(scope: Scope, params: Params, now: Date): string {
  return `${scopeSql(scope, 'v', params, now)} and exists (
    select 1 from resource r where r.rt = v.rt and r.id = v.id and ${scopeSql(scope, 'r', params, now)})`
}

/** A record that was moved from one person to another shows nothing of the first one any more. */
const ofItsPerson = `not exists (select 1 from resource r where r.rt = v.rt and r.id = v.id and r.person <> v.person)`

const versions = `(select rt, id, vid, ts, person, room, content from resource
  union all select rt, id, vid, ts, person, room, content from history) v`

export async function readStoredVersion(
  name: { type: string; id: string; version: number },
  scope: Scope,
  deps: Deps,
): Promise<StoredVersion | undefined> {
  const params = new Params()
  const { rows } = await deps.sql.query<StoredVersionRow>(
    `select ${columns} from ${versions} where v.rt = ${params.add(name.type)} and v.id = ${params.add(name.id)}
      and v.vid = ${params.add(name.version)} and ${reachable(scope, params, deps.now)}`,
    params.values,
  )
  return rows[0] && storedVersion(rows[0])
}

/** Newest first. */
export async function readHistory(
  query: HistoryQuery,
  scope: Scope,
  deps: Deps,
): Promise<StoredVersions> {
  const params = new Params()
  const conditions = [
    query.type === undefined ? '' : `v.rt = ${params.add(query.type)}`,
    query.id === undefined ? '' : `v.id = ${params.add(query.id)}`,
    query.since === undefined ? '' : `v.ts >= ${params.add(query.since, 'timestamptz')}`,
    reachable(scope, params, deps.now),
    query.ofItsPerson ? ofItsPerson : '',
  ].filter(Boolean)
  const from = `from ${versions} where ${conditions.join(' and ')}`
  const counted = await countByPerson(deps.sql, { from, at: 'v', values: [...params.values] })
  const limit = `limit ${params.add(query.count)} offset ${params.add(query.offset)}`
  const { rows } = await deps.sql.query<StoredVersionRow>(
    `select ${columns} ${from} order by v.ts desc, v.rt, v.id, v.vid desc ${limit}`,
    params.values,
  )
  return { entries: rows.map(storedVersion), ...counted }
}

export async function isWithinScope(
  person: string,
  scope: Scope,
  deps: Deps,
  room = '',
): Promise<boolean> {
  const { people } = scope
  if (people.kind === 'all') return true
  if (people.kind === 'none') return false
  if (people.kind === 'listed') return people.people.some((each) => each.person === person)
  const params = new Params()
  const { rows } = await deps.sql.query<{ yes: boolean }>(
    `select true as yes where ${params.add(person, 'text')} in (
      select p.person from (select ${params.add(person, 'text')} as person, ${params.add(room, 'text')} as room) p where ${scopeSql({ people }, 'p', params, deps.now)})`,
    params.values,
  )
  return rows.length > 0
}
