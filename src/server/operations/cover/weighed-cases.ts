import { addDays } from '#domain/calendar/days.ts'
import { daysNew, type WeightInput, weightOf } from '#domain/cover/caseload-weight.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'

/** One open case of an organisation, and what makes it more work than others. */
export type WeighedCase = Readonly<{
  case: string
  person: string
  /** reference of whoever coordinates */
  who: string
  weight: number
  inputs: readonly WeightInput[]
}>

type Row = Readonly<{ case_id: string; person: string; who: string }> &
  Readonly<Record<'is_new' | 'no_plan' | 'in_hospital' | 'has_alert' | 'is_overdue', boolean>>

const columns: readonly (readonly [WeightInput, keyof Row])[] = [
  ['new', 'is_new'],
  ['no-plan', 'no_plan'],
  ['in-hospital', 'in_hospital'],
  ['alert', 'has_alert'],
  ['review-overdue', 'is_overdue'],
]

/** Every open case of an organisation with its weight. Of a person no more than five yes or no. */
export async function weighedCases(
  { context, today }: Pick<OperationCall, 'context' | 'today'>,
  organisation: string,
): Promise<readonly WeighedCase[]> {
  const { rows } = await context.service.sql.query<Row>(
    `select e.id as case_id, e.person, e.content #>> '{careManager,reference}' as who,
       coalesce(e.content #>> '{period,start}', '') >= $2 as is_new,
       p.rid is null or coalesce(jsonb_array_length(p.content -> 'goal'), 0) = 0 as no_plan,
       exists (select 1 from resource v where v.rt = 'Encounter' and v.person = e.person
         and v.content #>> '{class,code}' in ('IMP', 'ACUTE', 'NONAC', 'EMER')
         and v.content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave')) as in_hospital,
       exists (select 1 from resource f where f.rt = 'Flag' and f.person = e.person
         and f.id like 'alert-%' and f.content ->> 'status' = 'active') as has_alert,
       exists (select 1 from jsonb_array_elements(p.content -> 'extension') x
         where x ->> 'url' = '${gableUrl('review-on')}' and x ->> 'valueDate' < $3) as is_overdue
     from resource e
     left join resource p on p.rt = 'CarePlan' and p.id = 'plan-' || e.id and p.person = e.person
       and p.content ->> 'status' not in ('completed', 'revoked', 'entered-in-error')
     where e.rt = 'EpisodeOfCare' and e.content is not null and e.content ->> 'status' in ('active', 'onhold')
       and e.content #>> '{managingOrganization,reference}' = $1
       and e.content #>> '{careManager,reference}' like 'Practitioner/%'
       and not exists (select 1 from resource w where w.rt = 'Patient' and w.id = e.person and ${diedSql('w')} is not null)
     order by e.rid`,
    [`Organization/${organisation}`, addDays(today, -daysNew), today],
  )
  return rows.map((row) => {
    const inputs = columns.filter(([, column]) => row[column]).map(([input]) => input)
    const { case_id, person, who } = row
    return { case: case_id, person, who, inputs, weight: weightOf(inputs) }
  })
}
