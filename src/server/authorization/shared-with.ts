import type { RequestContext } from '#server/http/request-context.ts'

/** True if a Consent in force names this carer. */
export async function isSharedWith(
  { service }: RequestContext,
  { id = '' }: Readonly<{ id?: string }>,
): Promise<boolean> {
  const { rows } = await service.sql.query(
    `select 1 from resource r where r.rt = 'Consent' and r.content->>'status' = 'active'
       and r.person = (select c.person from resource c where c.rt = 'RelatedPerson' and c.id = $1)
       and r.content::text like $2 limit 1`,
    [id, `%"RelatedPerson/${id}"%`],
  )
  return rows.length > 0
}
