import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { messageSeenCode } from '#domain/message/is-message.ts'
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
/** that somebody has read a message is no word of theirs */
const said = `r.rt = 'Communication' and ${status} = 'completed'
  and r.content #>> '{category,0,coding,0,code}' is distinct from '${messageSeenCode}'`
/** a note between colleagues, or their comment on a plan, reaches nobody: only what is recorded as contact does */
const called = `${said} and ${sender} like 'Practitioner%'
  and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"contact"}]}]'`
const wrote = `${said} and (${sender} like 'Patient/%' or ${sender} like 'RelatedPerson/%')`
/**
 * the person as the only performer is the usual case, and is compared as text: building a value for containment takes
 * 30 µs a reading
 */
const byPerson = `(r.content #>> '{performer,0,reference}' = 'Patient/' || r.person
  or (r.content #> '{performer,1}' is not null and r.content -> 'performer'
    @> jsonb_build_array(jsonb_build_object('reference', 'Patient/' || r.person))))`
const measured = `r.rt = 'Observation' and coalesce(${status}, '') not in ('cancelled', 'entered-in-error')
  and ${byPerson}`

const happened = `case r.rt
  when 'Encounter' then coalesce(r.content #>> '{period,start}', r.content #>> '{period,end}')
  when 'Communication' then coalesce(r.content ->> 'sent', r.content ->> 'received')
  when 'Observation' then ${measuredSql('r')} end`

const utc = (time: string) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

type Group = TodayContacts & Readonly<{ rid: number | string }>

/**
 * The last contact with each of these people up to now, and how many needs nobody can meet. Whether a reader may see a
 * record depends on its person, its access label and its type: the records are grouped by these, and of each group one
 * record is read under the reader's own role. Reading every record that way took most of the time for people who
 * measure every day.
 */
export async function todayContacts(
  { context, sql, scope, now }: OperationCall,
  people: readonly string[],
): Promise<readonly TodayContacts[]> {
  const { rows: groups } = await context.service.sql.query<Group>(groupsSql, [people, now])
  const params = new Params()
  const records = params.add(
    groups.map(({ rid }) => rid),
    'bigint[]',
  )
  const { rows } = await sql.query<{ rid: number | string }>(
    `select r.rid from resource r where r.rid = any(${records}) and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  const readable = new Set(rows.map(({ rid }) => String(rid)))
  const shown = groups.filter(({ rid }) => readable.has(String(rid)))
  return [...Map.groupBy(shown, ({ person }) => person)].map(([person, some]) => ({
    person,
    heard: latest(some.map((each) => each.heard)),
    reached: latest(some.map((each) => each.reached)),
    unmet: some.reduce((sum, each) => sum + Number(each.unmet), 0),
  }))
}

/** Instants in UTC, all to the millisecond: the last in their order as text. */
const latest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce((last, each) => (each !== null && each > (last ?? '') ? each : last), null)

const groupsSql = `select person, min(rid) as rid,
      ${utc('max(happened) filter (where heard and happened <= $2::timestamptz)')} as heard,
      ${utc('max(happened) filter (where reached and happened <= $2::timestamptz)')} as reached,
      count(*) filter (where unmet) as unmet
    from (
      select rid, person, room, rt, heard, reached, unmet, ${timeSql('at')} as happened
      from (
        select r.rid, r.person, r.room, r.rt, ${happened} as at,
          (${visited}) or (${called}) or (${wrote}) or (${measured}) as heard,
          (${visitDone}) or (${called}) as reached,
          r.rt = 'Condition'
            and r.content -> 'extension' @> '[{"url":"${gableUrl('unmet-need')}","valueBoolean":true}]'
            and coalesce(r.content #>> '{clinicalStatus,coding,0,code}', 'active') = 'active' as unmet
        from resource r
        where r.person = any($1::text[]) and r.content is not null
          and r.rt in ('Encounter', 'Communication', 'Observation', 'Condition')
        offset 0
      ) as record
      where heard or reached or unmet
    ) as timed
    group by person, room, rt`
