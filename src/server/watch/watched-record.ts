import type {
  CarePlan,
  CareTeam,
  EpisodeOfCare,
  Flag,
  Observation,
  Patient,
  PractitionerRole,
  Resource,
} from '@medplum/fhirtypes'
import type { Post } from '#domain/alert/who-is-next.ts'
import { addDays, reckonedDay } from '#domain/calendar/days.ts'
import type { TeamHours } from '#domain/contact/open-times.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { codesOf } from '#domain/reading/codes.ts'
import { readingKinds } from '#domain/reading/reading.ts'
import type { WatchedTrend } from '#domain/trend/find-trends.ts'
import { watchedTrends } from '#domain/trend/watched-trends.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { teamHours } from '#server/message/team-hours.ts'
import { measuredSql } from '#server/operations/worklists/time-sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** What the service looks at to tell whether somebody has to know of a reading. */
export type WatchedRecord = Readonly<{
  person: string
  episode: EpisodeOfCare
  plans: readonly CarePlan[]
  trends: readonly WatchedTrend[]
  flags: readonly Flag[]
  observations: readonly Observation[]
  team: CareTeam | undefined
  /** when the organisation of the case works */
  hours: TeamHours
  posts: readonly Post[]
}>

type Place = Readonly<{ service: Pick<RequestContext['service'], 'sql'>; now: Date }>
type Row = Readonly<{ rt: string; id: string; vid: number; content: unknown }>

const agreed = ['reading-limit', 'trend-rule']
  .map((name) => `p.content -> 'extension' @> '[{"url":"${gableUrl(name)}"}]'`)
  .join(' or ')

/** Those of these people with whom a limit, or a rule about a trend, is agreed, in a case that is open and not paused. */
export async function watchedAmong(
  { service }: Place,
  people: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ person: string }>(
    `select distinct p.person from resource p
     where p.rt = 'CarePlan' and p.person = any($1::text[]) and (${agreed})
       and exists (select 1 from resource e where e.rt = 'EpisodeOfCare' and e.person = p.person
         and e.content ->> 'status' = 'active')
     order by p.person`,
    [[...people]],
  )
  return rows.map(({ person }) => person)
}

const recordsSql = `select r.rt, r.id, r.vid, r.content from resource r
  where r.person = $1 and r.content is not null and (r.rt = 'Patient'
    or (r.rt = 'EpisodeOfCare' and r.content ->> 'status' = 'active')
    or (r.rt = 'CarePlan' and r.content ->> 'status' in ('active', 'draft', 'on-hold'))
    or (r.rt = 'CareTeam' and coalesce(r.content ->> 'status', 'active') = 'active')
    or (r.rt = 'Flag' and r.id like 'alert-%'))
  order by r.rid`

const readingsSql = `select r.rt, r.id, r.vid, r.content from resource r
  where r.person = $1 and r.rt = 'Observation' and r.content is not null
    and ${measuredSql('r')} >= $2
    and (exists (select 1 from jsonb_array_elements(r.content #> '{code,coding}') as o
        where o ->> 'code' = any($3::text[]))
      or r.content -> 'category' @> '[{"coding":[{"code":"vital-signs"}]}]')
  order by r.rid`

/**
 * What the record of one person says now; undefined if nothing is watched: the case is not open, or the person has died. Two
 * servers that are told of readings at once come here one after the other, and the second one sees what the first one raised.
 */
export async function watchedRecord(
  place: Place,
  person: string,
): Promise<WatchedRecord | undefined> {
  const { sql } = place.service
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`alerts ${person}`])
  const { rows } = await sql.query<Row>(recordsSql, [person])
  const all = <R extends Resource>(rt: R['resourceType']) =>
    rows.filter((row) => row.rt === rt).map((row) => asResource(row) as R)
  const [episode] = all<EpisodeOfCare>('EpisodeOfCare')
  const [patient] = all<Patient>('Patient')
  if (!episode || patient?.deceasedBoolean || patient?.deceasedDateTime) return undefined
  const plans = all<CarePlan>('CarePlan').filter(isPlan)
  const trends = plans.flatMap(watchedTrends)
  const since = readFrom(episode, trends, place.now)
  const readings = await sql.query<Row>(readingsSql, [person, since, codesOf(readingKinds)])
  const organisation = idIn(episode.managingOrganization?.reference)
  const team = all<CareTeam>('CareTeam').find(
    ({ id }) =>
      id === `team-${episode.id}` ||
      episode.team?.some(({ reference }) => reference === `CareTeam/${id}`),
  )
  return {
    ...{ person, episode, plans, trends, flags: all<Flag>('Flag') },
    observations: readings.rows.map((row) => asResource(row) as Observation),
    ...{ team, ...(await whoWorksWhere(place, team, organisation)) },
  }
}

/** As far back as an open alert can reach, and as the longest rule looks. */
function readFrom({ period }: EpisodeOfCare, trends: readonly WatchedTrend[], now: Date): string {
  const days = Math.max(0, ...trends.map(({ rule }) => rule.shape.days))
  const longest = addDays(reckonedDay(Number(now)), -days - 1)
  return [period?.start ?? '', longest].toSorted()[0] ?? ''
}

async function whoWorksWhere(
  { service }: Place,
  team: CareTeam | undefined,
  organisation: string,
): Promise<Pick<WatchedRecord, 'hours' | 'posts'>> {
  const members = (team?.participant ?? []).flatMap(({ member }) => member?.reference ?? [])
  const { rows } = await service.sql.query<Row>(
    `select rt, id, vid, content from resource where content is not null and rt = 'PractitionerRole'
       and coalesce(content ->> 'active', 'true') = 'true'
       and content #>> '{practitioner,reference}' = any($1::text[])`,
    [members],
  )
  const found = await teamHours(service.sql, organisation ? [organisation] : [])
  return {
    hours: found.get(organisation) ?? {},
    posts: rows.flatMap((row) => postsOf(asResource(row) as PractitionerRole)),
  }
}

const postsOf = ({ practitioner, organization, code = [] }: PractitionerRole): readonly Post[] =>
  code
    .flatMap(({ coding = [] }) => coding)
    .map((coding) => ({
      practitioner: practitioner?.reference ?? '',
      organisation: idIn(organization?.reference),
      role: coding.code ?? '',
    }))

function asResource({ content, id, vid }: Row): Resource {
  const resource = storedRecord(content) as Resource
  return { ...resource, id, meta: { ...resource.meta, versionId: String(vid) } } as Resource
}
