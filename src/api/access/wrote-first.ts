import type { Resource } from '@medplum/fhirtypes'
import type { Sql } from '#api/sql/sql.ts'
import type { Actor } from '#domain/access/actor.ts'

/** True when the actor was the one who created this record, by the trail. */
export async function wroteFirst(
  sql: Sql,
  actor: Actor,
  resource: Resource,
  person: string,
): Promise<boolean> {
  const found = await sql.query<{ identity: string }>(
    `SELECT identity FROM audit
     WHERE persons @> ARRAY[$1::text] AND act = 'C' AND allowed AND (what -> $1::text) ? $2::text
     ORDER BY seq LIMIT 1`,
    [person, `${resource.resourceType}/${resource.id}`],
  )
  return found.rows[0]?.identity === actor.identity
}
