import { addDays } from '#domain/calendar/days.ts'
import { daysNew, type WeightInput, weightOf } from '#domain/cover/caseload-weight.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'

/** One open case of an organisation, and what makes it more work than others. */
export type WeighedCase = Readonly<{
  case: string
  person: string
  /** reference of whoever coordinates */
  who: string
  weight: number
  inputs: readonly WeightInput[]
  /** the caller may know of it; the others are counted alone */
  isSeen: boolean
}>

type Row = Readonly<{ case_id: string; person: string; who: string; is_seen: boolean }> &
  Readonly<Record<'is_new' | 'no_plan' | 'in_hospital' | 'has_alert' | 'is_overdue', boolean>>

const columns: readonly (readonly [WeightInput, keyof Row])[] = [
  ['new', 'is_new'],
  ['no-plan', 'no_plan'],
  ['in-hospital', 'in_hospital'],
  ['alert', 'has_alert'],
  ['review-overdue', 'is_overdue'],
]

/** Every open case of an organisation with its weight: of each record only what the caller may know. Of a person no more than five yes or no. */
export async function weighedCases(
  { context, scope, now, today }: Pick<OperationCall, 'context' | 'scope' | 'now' | 'today'>,
  organisation: string,
): Promise<readonly WeighedCase[]> {
  const params = new Params()
  const seen = (table: string, reads?: 'many') => scopeSql(scope, table, params, now, reads)
  const { rows } = await context.service.sql.query<Row>(
    `select e.id as case_id, e.person, e.content #>> '{careManager,reference}' as who,
       coalesce(e.content #>> '{period,start}', '') >= ${params.add(addDays(today, -daysNew), 'text')} as is_new,
       p.rid is null or coalesce(jsonb_array_length(p.content -> 'goal'), 0) = 0 as no_plan,
       exists (select 1 from resource v where v.rt = 'Encounter' and v.person = e.person
         and v.content #>> '{class,code}' in ('IMP', 'ACUTE', 'NONAC', 'EMER')
         and v.content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave')
         and ${seen('v')}) as in_hospital,
       exists (select 1 from resource f where f.rt = 'Flag' and f.person = e.person
         and f.id like 'alert-%' and f.content ->> 'status' = 'active' and ${seen('f')}) as has_alert,
       exists (select 1 from jsonb_array_elements(p.content -> 'extension') x
         where x ->> 'url' = '${gableUrl('review-on')}'
           and x ->> 'valueDate' < ${params.add(today, 'text')}) as is_overdue,
       ${seen('e', 'many')} as is_seen
     from resource e
     left join resource p on p.rt = 'CarePlan' and p.id = 'plan-' || e.id and p.person = e.person
       and p.content ->> 'status' not in ('completed', 'revoked', 'entered-in-error')
       and ${seen('p', 'many')}
     where e.rt = 'EpisodeOfCare' and e.content is not null and e.content ->> 'status' in ('active', 'onhold')
       and e.content #>> '{managingOrganization,reference}' = ${params.add(`Organization/${organisation}`, 'text')}
       and e.content #>> '{careManager,reference}' like 'Practitioner/%'
       and not exists (select 1 from resource w where w.rt = 'Patient' and w.id = e.person and ${diedSql('w')} is not null)
     order by e.rid`,
    params.values,
  )
  return rows.map((row) => {
    const inputs = columns.filter(([, column]) => row[column]).map(([input]) => input)
    const { case_id, person, who, is_seen: isSeen } = row
    return { case: case_id, person, who, inputs, weight: weightOf(inputs), isSeen }
  })
}
