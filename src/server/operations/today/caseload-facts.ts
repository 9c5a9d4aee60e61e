import type { Patient, RequestGroup } from '@medplum/fhirtypes'
import type { Covering } from '#domain/cover/away-now.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import { entryState } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import { coveringSql } from '#server/cover/covering-sql.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { todayContacts } from '#server/operations/worklists/today-contacts.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { casesWithPlans, diedSql } from '#server/store/summary/case-sql.ts'

/** What the record says about one person of a caseload, without what Today works out. */
export type CaseloadFacts = Readonly<{
  case_id: string
  person: string
  status: string
  coordinator: string | null
  coordinated_by: string | null
  organisation: string | null
  since: string | null
  paused_why: string | null
  plan_version: number | null
  goals: number
  review_on: string | null
  said: string | null
  patient: Patient | string
  died: string | null
  plan_at: Date | string | null
  in_hospital: boolean
  segment: string | null
  chance: number | null
  last_contact: string | null
}>

/** Nobody’s list ends here; it says how many there are. */
const mostOfNobody = 1_000

const openCases = `e.content->>'status' in ('planned', 'waitlist', 'active', 'onhold')`
const classes = hospitalClasses.map((code) => `'${code}'`).join(', ')

/** Open cases of the reader’s organisation that nobody coordinates. */
function nobodysSql({ actor }: OperationCall, params: Params): string {
  const ours = params.add(`Organization/${actor.organisation ?? ''}`, 'text')
  return `${openCases} and e.content #>> '{managingOrganization,reference}' = ${ours}
    and e.content #>> '{careManager,reference}' is null`
}

function oursSql({ actor, now }: OperationCall, covering: Covering, params: Params): string {
  return `${openCases} and (${coveringSql('e', covering, params)} or e.person in (
    select l.person from relation l where l.agent = ${params.add(actor.practitioner, 'text')}
      and l.kind in ('case', 'team')
      and (l.until is null or l.until > ${params.add(now, 'timestamptz')})))`
}

export async function nobodysCount(call: OperationCall): Promise<number> {
  if (!call.actor.practitioner || !call.actor.organisation) return 0
  const params = new Params()
  const { rows } = await call.sql.query<{ count: string | number }>(
    `select count(*) as count from resource e where e.rt = 'EpisodeOfCare' and e.content is not null
       and e.person is not null and ${nobodysSql(call, params)} and ${scopeSql(call.scope, 'e', params, call.now)}`,
    params.values,
  )
  return Number(rows[0]?.count ?? 0)
}

/** One statement for everybody of a list, or for `only` these of them; a stage of life and a chance only for those who may be looked for. */
export async function caseloadFacts(
  call: OperationCall,
  which: 'nobody' | Covering,
  only?: readonly string[],
): Promise<readonly CaseloadFacts[]> {
  const { actor, scope, sql, now } = call
  if (!actor.practitioner || (which === 'nobody' && !actor.organisation)) return []
  const params = new Params()
  const seen = (table: string) => scopeSql(scope, table, params, now)
  const cases = `${which === 'nobody' ? nobodysSql(call, params) : oursSql(call, which, params)}
    and ${seen('e')}${only ? ` and e.person = any(${params.add([...only], 'text[]')})` : ''}`
  const { rows } = await sql.query<Omit<CaseloadFacts, 'last_contact'>>(
    `select c.*, k.content #>> '{period,start}' as since,
        k.content #>> '{managingOrganization,reference}' as organisation,
        (select x ->> 'valueString' from jsonb_array_elements(k.content -> 'extension') x
          where x ->> 'url' like '%/paused-because' limit 1) as paused_why,
        who.content as patient, ${diedSql('who')} as died,
        (select max(g.ts) from resource g where g.person = c.person and g.rt in ('CarePlan', 'Goal')
          and g.content is not null and ${seen('g')}) as plan_at,
        exists (select 1 from resource s where s.person = c.person and s.rt = 'Encounter'
          and s.content #>> '{class,code}' in (${classes})
          and s.content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave') and ${seen('s')}) as in_hospital,
        case when not ('finding' = any(p.opted_out)) then p.segment end as segment,
        case when not ('finding' = any(p.opted_out)) then p.chance end as chance
      from (${casesWithPlans(cases, seen)}) c
      join resource k on k.rt = 'EpisodeOfCare' and k.id = c.case_id
      join resource who on who.rt = 'Patient' and who.id = c.person and who.content is not null and ${seen('who')}
      left join person_row p on p.person = c.person
      order by c.person limit ${which === 'nobody' ? mostOfNobody : 10_000}`,
    params.values,
  )
  const people = rows.map(({ person }) => person)
  const contacts = new Map(
    (people.length > 0 ? await todayContacts(call, people) : []).map((each) => [each.person, each]),
  )
  return rows.map((row) => ({ ...row, last_contact: contacts.get(row.person)?.heard ?? null }))
}

/** The programmes that each of these people is in, by their names. */
export async function programmesOf(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (people.length === 0) return new Map()
  const params = new Params()
  const { rows } = await sql.query<{ id: string; person: string; content: RequestGroup | string }>(
    `select g.id, g.person, g.content from resource g
     where g.rt = 'RequestGroup' and g.content is not null
       and g.person = any(${params.add([...people], 'text[]')})
       and g.content #> '{code,coding}' @> '[{"code": "programme-entry"}]'
       and ${scopeSql(scope, 'g', params, now)} order by g.rid`,
    params.values,
  )
  const named = rows.flatMap(({ id, person, content }) => {
    const entry = programmeEntryFromFhir({ ...storedRecord<RequestGroup>(content), id })
    const isIn = entry && ['entered', 'paused'].includes(entryState(entry))
    return isIn ? [{ person, title: entry.title }] : []
  })
  return new Map(
    [...Map.groupBy(named, ({ person }) => person)].map(([person, all]) => [
      person,
      [...new Set(all.map(({ title }) => title))],
    ]),
  )
}
