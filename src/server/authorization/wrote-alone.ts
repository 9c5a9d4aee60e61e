import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { Sql } from '#server/store/sql.ts'

/** True when the actor created this record, by the trail, and nobody else has written in it since: else it is theirs too. */
export async function wroteAlone(
  sql: Sql,
  actor: Actor,
  resource: Resource,
  person: string,
): Promise<boolean> {
  const found = await sql.query<{ identity: string }>(
    `SELECT identity FROM audit
     WHERE persons @> ARRAY[$1::text] AND act IN ('C', 'U') AND allowed AND (what -> $1::text) ? $2::text
     ORDER BY seq`,
    [person, `${resource.resourceType}/${resource.id}`],
  )
  return found.rows.length > 0 && found.rows.every(({ identity }) => identity === actor.identity)
}
