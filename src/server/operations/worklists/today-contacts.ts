import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { measuredSql, timeSql } from './time-sql.ts'

/** Instants in UTC. `heard`: from the person, or of a visit or call; `reached`: by staff, and completed. */
export type TodayContacts = Readonly<{
  person: string
  heard: string | null
  reached: string | null
  unmet: string | number
}>

const status = `r.content ->> 'status'`
const visit = `r.rt = 'Encounter' and r.content #>> '{class,code}' in ('AMB', 'HH', 'VR')`
/** planned does not count yet, cancelled does not count; a visit in progress counts as heard, but is not completed */
const visited = `${visit} and ${status} in ('finished', 'in-progress', 'arrived', 'triaged', 'onleave')`
const visitDone = `${visit} and ${status} = 'finished'`
const sender = `r.content #>> '{sender,reference}'`
const said = `r.rt = 'Communication' and ${status} = 'completed'`
/** a note between colleagues, or their comment on a plan, reaches nobody: only what is recorded as contact does */
const called = `${said} and ${sender} like 'Practitioner%'
  and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"contact"}]}]'`
const wrote = `${said} and (${sender} like 'Patient/%' or ${sender} like 'RelatedPerson/%')`
const measured = `r.rt = 'Observation' and coalesce(${status}, '') not in ('cancelled', 'entered-in-error')
  and r.content -> 'performer' @> jsonb_build_array(jsonb_build_object('reference', 'Patient/' || r.person))`

const happened = `case r.rt
  when 'Encounter' then coalesce(r.content #>> '{period,start}', r.content #>> '{period,end}')
  when 'Communication' then coalesce(r.content ->> 'sent', r.content ->> 'received')
  when 'Observation' then ${measuredSql('r')} end`

const utc = (time: string) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The last contact with each of these people up to now, and how many needs nobody can meet. */
export async function todayContacts(
  call: OperationCall,
  people: readonly string[],
): Promise<readonly TodayContacts[]> {
  const params = new Params()
  const { rows } = await call.sql.query<TodayContacts>(
    factsSql(call, people, params),
    params.values,
  )
  return rows
}

function factsSql({ scope, now }: OperationCall, people: readonly string[], params: Params) {
  const until = params.add(now, 'timestamptz')
  return `select person,
      ${utc(`max(happened) filter (where heard and happened <= ${until})`)} as heard,
      ${utc(`max(happened) filter (where reached and happened <= ${until})`)} as reached,
      count(*) filter (where unmet) as unmet
    from (
      select person, heard, reached, unmet, ${timeSql('at')} as happened
      from (
        select r.person, ${happened} as at,
          (${visited}) or (${called}) or (${wrote}) or (${measured}) as heard,
          (${visitDone}) or (${called}) as reached,
          r.rt = 'Condition'
            and r.content -> 'extension' @> '[{"url":"${gableUrl('unmet-need')}","valueBoolean":true}]'
            and coalesce(r.content #>> '{clinicalStatus,coding,0,code}', 'active') = 'active' as unmet
        from resource r
        where r.person = any(${params.add([...people], 'text[]')}) and r.content is not null
          and r.rt in ('Encounter', 'Communication', 'Observation', 'Condition')
          and ${scopeSql(scope, 'r', params, now)}
      ) as record
    ) as timed
    group by person`
}
