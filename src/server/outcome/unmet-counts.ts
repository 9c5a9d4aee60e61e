import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { UnmetKind } from '#domain/outcome/unmet-needs.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'
import { isOpenSql } from './stays-sql.ts'

export type UnmetCount = Readonly<{ kind: UnmetKind; place: string; count: number; since: string }>

const hasCategory = (code: string) =>
  `n.content -> 'category' @> '[{"coding": [{"system": "${gableCodeSystem}", "code": "${code}"}]}]'`

/**
 * Needs that nobody can meet, by kind and place: for each, of how many people with a running case (several needs of one
 * person could look like several people); and how many people said no to it. Of all
 * organisations of the partnership: this statement joins people of several places, which only measures and worklists do.
 */
export async function unmetCounts(
  sql: ReadingSql,
): Promise<Readonly<{ needs: readonly UnmetCount[]; leftOut: number }>> {
  const { rows } = await sql.query<UnmetCount & { isLeftOut: boolean }>(
    `with needs as (
       select n.person, ${optedOutSql('n.person', 'planning')} as is_left_out,
         case when ${hasCategory('need-health')} then 'health' when ${hasCategory('need-social')} then 'social'
           when ${hasCategory('need-health-and-social')} then 'both' else 'unsaid' end as kind,
         upper(coalesce(nullif(split_part(w.content #>> '{address,0,postalCode}', ' ', 1), ''), w.content #>> '{address,0,city}', '')) as place,
         left(coalesce(n.content ->> 'recordedDate', n.content ->> 'onsetDateTime', to_char(n.ts, 'YYYY-MM')), 7) as since
       from resource n join resource w on w.rt = 'Patient' and w.id = n.person and w.content is not null and ${diedSql('w')} is null
       where n.rt = 'Condition' and n.content is not null and ${isOpenSql('n')}
         and n.content -> 'extension' @> '[{"url": "${gableUrl('unmet-need')}", "valueBoolean": true}]'
         and coalesce(n.content #>> '{clinicalStatus,coding,0,code}', 'active') not in ('resolved', 'inactive')
         and coalesce(n.content #>> '{verificationStatus,coding,0,code}', '') <> 'entered-in-error'
         and exists (select 1 from resource e where e.rt = 'EpisodeOfCare' and e.person = n.person and e.content is not null
           and e.content ->> 'status' in ('active', 'onhold')))
     select is_left_out as "isLeftOut", kind, place, count(distinct person)::int as count, min(since) as since
     from needs group by is_left_out, kind, place order by count(distinct person) desc, kind, place`,
  )
  return {
    needs: rows.filter(({ isLeftOut }) => !isLeftOut),
    // of one person with needs of two kinds both are counted: few, and never shown exactly
    leftOut: rows.filter(({ isLeftOut }) => isLeftOut).reduce((sum, { count }) => sum + count, 0),
  }
}
