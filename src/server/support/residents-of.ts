import type { Patient } from '@medplum/fhirtypes'
import { homePlaceIn } from '#domain/home/care-home.ts'
import { deathIn } from '#domain/person/death.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Ids of the people who live in this home now; `home` is the id of its Organization. */
export async function residentsOf(sql: ReadingSql, home: string): Promise<readonly string[]> {
  const { rows } = await sql.query<{ id: string; content: Patient | string }>(
    `select id, content from resource where rt = 'Patient' and content is not null
       and content -> 'contact' @> jsonb_build_array(jsonb_build_object(
         'organization', jsonb_build_object('reference', 'Organization/' || $1::text)))
     order by id`,
    [home],
  )
  return rows.flatMap(({ id, content }) => {
    const patient = storedRecord<Patient>(content)
    return homePlaceIn(patient) === home && !deathIn(patient) ? [id] : []
  })
}

/**
 * True if the actor works in this home, or looks after somebody who lives there or moves in with the same request. Who
 * only opened a record in an emergency does not look after the person.
 */
export async function caresForResident(context: RequestContext, home: string): Promise<boolean> {
  const { actor, pendingWrites, service } = context
  if (actor.role === 'admin' || actor.organisation === home) return true
  const movingIn = [...pendingWrites.values()].flatMap((each) =>
    each.resourceType === 'Patient' && homePlaceIn(each) === home ? (each.id ?? []) : [],
  )
  for (const person of new Set([...movingIn, ...(await residentsOf(service.sql, home))]))
    if (['related', 'named'].includes(await relationTo(context, person))) return true
  return false
}
