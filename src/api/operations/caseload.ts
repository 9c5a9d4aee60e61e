import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { note } from '#api/rest/visit.ts'
import { casesWithPlans } from '#api/sql/case-sql.ts'
import { Params } from '#api/sql/params.ts'
import { scopeSql } from '#api/sql/scope-sql.ts'
import type { Operation, OperationContext } from './operation.ts'

type Row = Readonly<{
  case_id: string
  person: string
  status: string
  coordinator: string | null
  plan_version: number | null
  goals: number
  review_on: string | null
  said: string | null
  family: string | null
  given: string | null
  birth_date: string | null
  nhs: string | null
  last_contact: string | null
}>

/** The people whose case the actor coordinates or in whose team she is, with the facts of one line each. */
export const caseloadOperation: Operation = {
  name: 'caseload',
  on: 'system',
  changes: false,
  purpose: 'The people whom the actor looks after or in whose team the actor is',
  async run(context) {
    const rows = await rowsOf(context)
    const answer: Parameters = { resourceType: 'Parameters', parameter: rows.map(lineOf) }
    const seen = rows.map((row) => [row.person, [`Patient/${row.person}`]] as const)
    await note(context.visit, new Map(seen), { act: 'R', way: '$caseload' })
    return answer
  },
}

const contactClasses = `'VR', 'HH', 'AMB'`

async function rowsOf({ actor, scope, sql, now }: OperationContext): Promise<readonly Row[]> {
  if (!actor.practitioner) return []
  const params = new Params()
  const within = scopeSql(scope, 'e', params, now)
  const agent = params.add(actor.practitioner, 'text')
  const at = params.add(now, 'timestamptz')
  const mine = `select l.person from relation l where l.agent = ${agent}
    and l.kind in ('case', 'team') and (l.until is null or l.until > ${at})`
  const cases = `e.content->>'status' in ('planned', 'waitlist', 'active', 'onhold')
    and e.person in (${mine}) and ${within}`
  const { rows } = await sql.query<Row>(
    `select c.*, who.content->'name'->0->>'family' as family,
        (select string_agg(g, ' ') from jsonb_array_elements_text(who.content->'name'->0->'given') g) as given,
        who.content->>'birthDate' as birth_date,
        (select i->>'value' from jsonb_array_elements(who.content->'identifier') i
          where i->>'system' = 'https://fhir.nhs.uk/Id/nhs-number' limit 1) as nhs,
        (select max(coalesce(v.content->'period'->>'start', v.content->>'sent')) from resource v
          where v.person = c.person and (
            (v.rt = 'Encounter' and v.content->'class'->>'code' in (${contactClasses}))
            or (v.rt = 'Communication' and v.content->>'status' = 'completed'
              and v.room <> 'professional'))) as last_contact
      from (${casesWithPlans(cases)}) c
      join resource who on who.rt = 'Patient' and who.id = c.person and who.content is not null
      order by review_on nulls last, family, given`,
    params.values,
  )
  return rows
}

function lineOf(row: Row): ParametersParameter {
  const words = (name: string, value: string | null) =>
    value ? [{ name, valueString: value }] : []
  return {
    name: 'person',
    part: [
      { name: 'person', valueReference: { reference: `Patient/${row.person}` } },
      { name: 'case', valueReference: { reference: `EpisodeOfCare/${row.case_id}` } },
      { name: 'status', valueCode: row.status },
      ...words('family', row.family),
      ...words('given', row.given),
      ...words('birthDate', row.birth_date),
      ...words('nhsNumber', row.nhs),
      ...words('coordinator', row.coordinator),
      ...words('planVersion', row.plan_version === null ? null : String(row.plan_version)),
      ...words('reviewOn', row.review_on),
      ...words('lastContact', row.last_contact),
      { name: 'planEmpty', valueBoolean: row.goals === 0 },
      { name: 'agreed', valueBoolean: row.said === 'agree' },
    ],
  }
}
