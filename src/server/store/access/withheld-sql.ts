import { mayBeWithheld } from '#domain/access/labels/withheld-links.ts'
import type { Scope } from '#domain/access/scope.ts'
import { resourceTypes } from '#server/fhir/search-parameters.ts'
import type { Params } from '#server/store/params.ts'
import { scopeSql } from './scope-sql.ts'

type SqlContext = Readonly<{ scope: Scope; params: Params; now: Date }>

const open = resourceTypes.filter((type) => !mayBeWithheld(type))

/** True if links to some of these types may be hidden from the user; none named: to any type. */
export function mayHideLinks({ people }: Scope, types: readonly string[]): boolean {
  return people.kind !== 'all' && (types.length === 0 || types.some(mayBeWithheld))
}

/**
 * True for a link (`type` and `id`: SQL) that is left out of the user's answers: its target exists, and is out of
 * reach. A search does not find anything by it either. Only the service can tell that it exists: `record_is_here`.
 */
export function withheldSql(type: string, id: string, { scope, params, now }: SqlContext): string {
  const reach = scopeSql({ people: scope.people }, 't', params, now)
  return `(${type} <> all(${params.add([...open], 'text[]')}) and record_is_here(${type}, ${id})
    and not exists (select 1 from resource t where t.rt = ${type} and t.id = ${id} and ${reach}))`
}
