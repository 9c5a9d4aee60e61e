import type { Actor } from '#domain/access/actor.ts'
import { type Exactness, middleOf, shownCount } from '#domain/population/shown-counts.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'

type EnteredPlaces = Readonly<{ places: number; setBy: string; setOn: string }>

/** One coordinator: how many people they look after, and how many places they have; undefined: nobody said. */
export type CoordinatorRoom = Readonly<{
  id: string
  name: string
  people: number
  places: number | undefined
  setBy: string | undefined
  setOn: string | undefined
  /** what was entered before, the newest first: whoever moves the line by it is seen */
  earlier: readonly EnteredPlaces[]
}>

/** So many entries before the latest are shown; all are kept. */
const mostEarlier = 20

/**
 * Who coordinates in the actor’s organisation: whoever has a case there, whose role is nurse case manager, or for whom
 * places were entered while they have any role there. Somebody whose case is paused has a place.
 */
export async function coordinatorRooms(
  sql: Pick<Sql, 'query'>,
  { role, organisation = '' }: Actor,
): Promise<readonly CoordinatorRoom[]> {
  const params = new Params()
  const home = params.add(organisation, 'text')
  const ours = role === 'admin' ? 'true' : `managing = 'Organization/' || ${home}`
  const { rows } = await sql.query<CoordinatorRoom>(
    `with cases as (
       select split_part(e.content->'careManager'->>'reference', '/', 2) as id, e.person,
         e.content->'managingOrganization'->>'reference' as managing
       from resource e where e.rt = 'EpisodeOfCare' and e.content is not null
         and e.content->>'status' in ('active', 'onhold') and e.content->'careManager'->>'reference' like 'Practitioner/%'
         and not exists (select 1 from resource w where w.rt = 'Patient' and w.id = e.person and ${diedSql('w')} is not null)),
     held as (select id, count(distinct person)::int as people from cases where ${ours} group by id),
     entries as (select coordinator as id, places, set_by as "setBy", to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "setOn",
         row_number() over (partition by coordinator order by at desc) as place
       from coordinator_places where ${role === 'admin' ? 'true' : `organisation = ${home}`}),
     entered as (select * from entries where place = 1),
     earlier as (select id, jsonb_agg(jsonb_build_object('places', places, 'setBy', "setBy", 'setOn', "setOn") order by place) as entries
       from entries where place between 2 and ${mostEarlier + 1} group by id),
     roles as (select split_part(r.content->'practitioner'->>'reference', '/', 2) as id,
         r.content->'organization'->>'reference' = 'Organization/' || ${home} as is_here,
         coalesce(r.content->'code' @> '[{"coding": [{"code": "nurse-case-manager"}]}]', false) as is_coordinator
       from resource r where ${hasRoleSql('r')}),
     everyone as (select id from held union select id from roles where is_here and is_coordinator
       union select id from entered where id in (select id from roles where is_here or ${role === 'admin'}))
     select v.id, coalesce(who.content->'name'->0->>'text', nullif(concat_ws(' ', who.content->'name'->0->'given'->>0,
         who.content->'name'->0->>'family'), ''), v.id) as name,
       coalesce(held.people, 0) as people, entered.places, entered."setBy", entered."setOn",
       coalesce(earlier.entries, '[]') as earlier
     from everyone v left join held on held.id = v.id left join entered on entered.id = v.id left join earlier on earlier.id = v.id
     left join resource who on who.rt = 'Practitioner' and who.id = v.id and who.content is not null
     order by name, v.id`,
    params.values,
  )
  return rows.map((row) => ({
    ...row,
    ...{ places: row.places ?? undefined, setBy: row.setBy ?? undefined },
    setOn: row.setOn ?? undefined,
    earlier: storedRecord<readonly EnteredPlaces[]>(row.earlier),
  }))
}

const hasRoleSql = (row: string) =>
  `${row}.rt = 'PractitionerRole' and ${row}.content is not null and coalesce(${row}.content->>'active', 'true') = 'true'`

/** Whether they have a role in the organisation, or an open case there. */
export async function isOfOrganisation(
  sql: Pick<Sql, 'query'>,
  { coordinator, organisation }: Readonly<{ coordinator: string; organisation: string }>,
): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from resource r where ${hasRoleSql('r')} and r.content->'practitioner'->>'reference' = 'Practitioner/' || $1::text
       and r.content->'organization'->>'reference' = 'Organization/' || $2::text
     union all select 1 from resource e where e.rt = 'EpisodeOfCare' and e.content is not null
       and e.content->>'status' in ('active', 'onhold') and e.content->'careManager'->>'reference' = 'Practitioner/' || $1::text
       and e.content->'managingOrganization'->>'reference' = 'Organization/' || $2::text
     limit 1`,
    [coordinator, organisation],
  )
  return rows.length > 0
}

/**
 * `free` places, and with them `all`: whoever has a coordinator has one. Undefined as long as nobody entered any. From
 * the caseloads as they may be shown: else whoever enters places could find out how long one is.
 */
export function placesIn(
  coordinators: readonly CoordinatorRoom[],
  exactness: Exactness,
): Readonly<{ all: number; free: number }> | undefined {
  const caseload = (people: number) => middleOf(shownCount(exactness)(people))
  const known = coordinators.filter((each) => each.places !== undefined)
  if (known.length === 0) return undefined
  const free = known
    .map(({ places = 0, people }) => Math.max(0, places - caseload(people)))
    .reduce((sum, each) => sum + each, 0)
  return { free, all: coordinators.reduce((sum, { people }) => sum + caseload(people), free) }
}

/** The latest entry counts; earlier ones stay. */
export async function keepPlaces(
  sql: Pick<Sql, 'query'>,
  {
    organisation,
    coordinator,
    places,
    by,
    at,
  }: Readonly<{
    organisation: string
    coordinator: string
    places: number
    by: string
    at: Date
  }>,
): Promise<void> {
  await sql.query(
    `insert into coordinator_places (organisation, coordinator, places, set_by, at) values ($1, $2, $3, $4, $5)
     on conflict (organisation, coordinator, at) do update set places = excluded.places, set_by = excluded.set_by`,
    [organisation, coordinator, places, by, at.toISOString()],
  )
}
