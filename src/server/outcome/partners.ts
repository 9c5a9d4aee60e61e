import { gableUrl } from '#domain/fhir/codes.ts'
import type { ReadingSql } from '#server/store/sql.ts'

export type Partner = Readonly<{ organisation: string; name: string }>

/** The organisations of the partnership, by name: those whose record says since when they are a partner. */
export async function partners(sql: ReadingSql): Promise<readonly Partner[]> {
  const { rows } = await sql.query<Partner>(
    `select id as organisation, coalesce(content ->> 'name', id) as name from resource
     where rt = 'Organization' and content is not null and content ->> 'active' is distinct from 'false'
       and exists (select 1 from jsonb_array_elements(content -> 'extension') x
         where x ->> 'url' = '${gableUrl('partner-since')}')
     order by 2, 1`,
  )
  return rows
}
