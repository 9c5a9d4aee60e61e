import type {
  CarePlan,
  Communication,
  Encounter,
  EpisodeOfCare,
  Flag,
  Observation,
  Organization,
  Patient,
  Provenance,
  QuestionnaireResponse,
  RelatedPerson,
  Resource,
  Task,
} from '@medplum/fhirtypes'
import { answerCodes } from '#domain/agreement/fhir.ts'
import { reckonedDay } from '#domain/calendar/days.ts'
import type { TeamHours } from '#domain/contact/open-times.ts'
import type { Covering } from '#domain/cover/away-now.ts'
import { visitClasses } from '#domain/discharge/stay-thread.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { messageCode, messageSeenCode } from '#domain/message/is-message.ts'
import { prepareForm } from '#domain/preparation/prompts.ts'
import { codesOf } from '#domain/reading/codes.ts'
import { readingKinds } from '#domain/reading/reading.ts'
import { suggestedChangeCode } from '#domain/suggestion/is-suggested-change.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'
import { coveringSql } from '#server/cover/covering-sql.ts'
import { teamHours } from '#server/message/team-hours.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { measuredSql } from './time-sql.ts'
import { type TodayContacts, todayContacts } from './today-contacts.ts'

/** The records that the Today page is made from, of one person. */
export type TodayRecords = Readonly<{
  person: string
  episode: EpisodeOfCare
  patient: Patient
  tasks: readonly Task[]
  plans: readonly CarePlan[]
  /** each agreement or refusal of a plan, and each change of who can see the person */
  said: readonly Provenance[]
  flags: readonly Flag[]
  /** answers to promises, calls after a stay, and what the reader has marked as seen */
  answers: readonly Communication[]
  /** in hospital, and visits since */
  stays: readonly Encounter[]
  readings: readonly Observation[]
  /** what was prepared for conversations, and those that were held */
  prepared: readonly QuestionnaireResponse[]
  /** when the person was last heard from, and when staff last reached them; UTC */
  lastContact: string | undefined
  lastStaffContact: string | undefined
  unmet: number
  /** current family and friends */
  carers: readonly RelatedPerson[]
  /** the organisation that looks after the person */
  organisation: Organization | undefined
  /** when that organisation works */
  hours: TeamHours
}>

/** `team`: also those that the actor’s organisation looks after; `only`: of these people alone. */
type WhichCases = Readonly<{
  whose: 'mine' | 'team'
  covering?: Covering
  only?: readonly string[] | undefined
}>

type Row = Readonly<{
  rt: string
  id: string
  vid: number
  ts: Date | string
  person: string
  content: unknown
}>

/** Reads them for the whole caseload at once: five statements, however many people there are. */
export async function todayRecords(
  call: OperationCall,
  which: WhichCases,
): Promise<readonly TodayRecords[]> {
  const { actor, sql } = call
  if (!actor.practitioner) return []
  const cases = new Params()
  const { rows: episodes } = await sql.query<Row>(casesSql(call, which, cases), cases.values)
  const people = [...new Set(episodes.map((row) => row.person))]
  if (people.length === 0) return []
  const params = new Params()
  const starts = people.map((person) => startOf(episodes.filter((row) => row.person === person)))
  const { rows } = await sql.query<Row>(recordsSql(call, { people, starts }, params), params.values)
  const facts = await todayContacts(call, people)
  const organisations = await organisationsOf(call, episodes)
  const hours = await teamHours(call.context.service.sql, [...organisations.keys()])
  const byPerson = Map.groupBy([...episodes, ...rows], (row) => row.person)
  const factsOf = new Map(facts.map((row) => [row.person, row]))
  return people.flatMap((person) =>
    recordsOf(person, byPerson.get(person) ?? [], factsOf.get(person)).map((records) => ({
      ...records,
      organisation: organisations.get(idIn(records.episode.managingOrganization?.reference)),
      hours: hours.get(idIn(records.episode.managingOrganization?.reference)) ?? {},
    })),
  )
}

/** The organisations that these cases belong to, by id: they say by when to call after a discharge. */
async function organisationsOf(
  { context }: OperationCall,
  episodes: readonly Row[],
): Promise<ReadonlyMap<string, Organization>> {
  const ids = episodes.map((row) =>
    idIn((asResource(row) as EpisodeOfCare).managingOrganization?.reference),
  )
  const { rows } = await context.service.sql.query<Row>(
    `select rt, id, vid, ts, person, content from resource
     where rt = 'Organization' and id = any($1::text[]) and content is not null`,
    [[...new Set(ids)]],
  )
  return new Map(rows.map((row) => [row.id, asResource(row) as Organization]))
}

/** Named one by one, so that what is not shown is not read either: most records of a person are readings. */
const types = todayRecordTypes
  .filter((type) => type !== 'EpisodeOfCare' && type !== 'Observation')
  .map((type) => `'${type}'`)
  .join(', ')

/** Open cases of the actor, as coordinator or in the team. */
function casesSql(
  { actor, scope, now }: OperationCall,
  { whose, covering, only }: WhichCases,
  params: Params,
): string {
  const agent = params.add(actor.practitioner, 'text')
  const ours =
    whose === 'team' && actor.organisation
      ? `r.content #>> '{managingOrganization,reference}' = ${params.add(`Organization/${actor.organisation}`, 'text')} or`
      : ''
  const covered = covering ? `${coveringSql('r', covering, params)} or` : ''
  return `select r.rt, r.id, r.vid, r.ts, r.person, r.content from resource r
    where r.rt = 'EpisodeOfCare' and r.content is not null
      and r.content ->> 'status' in ('active', 'onhold')
      ${only ? `and r.person = any(${params.add([...only], 'text[]')})` : ''}
      and (${ours} ${covered} r.person in (
        select l.person from relation l where l.agent = ${agent} and l.kind in ('case', 'team')
          and (l.until is null or l.until > ${params.add(now, 'timestamptz')})))
      and ${scopeSql(scope, 'r', params, now)}
    order by r.content ->> 'status', r.id`
}

const answers = answerCodes.map((code) => `'${code}'`).join(', ')
const closed = `('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error')`
const day = 86_400_000
/** two weeks, and two days for time zones: exact times are compared in the domain */
const recent = 16 * day

/** the thirty days at home in which a visit counts, and some more for a stay that was told late */
const sinceHome = 45 * day
const listed = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join(', ')

/** By their codes, by the numbers of a blood pressure, and vital signs under codes that we do not know. */
const readingCodes = [
  `exists (select 1 from jsonb_array_elements(r.content #> '{code,coding}') as o
    where o ->> 'code' in (${codesOf(readingKinds)
      .map((code) => `'${code}'`)
      .join(', ')}))`,
  `r.content -> 'category' @> '[{"coding":[{"code":"vital-signs"}]}]'`,
].join(' or ')
/** whether any limit, or any rule about a trend, is agreed with the person: looked up once a person, not once a reading */
const limited = `select exists (select 1 from resource p where p.rt = 'CarePlan' and p.person = c.person
  and (p.content -> 'extension' @> '[{"url":"${gableUrl('reading-limit')}"}]'
    or p.content -> 'extension' @> '[{"url":"${gableUrl('trend-rule')}"}]')) as is_limited`

const threadOf = (table: string) =>
  `coalesce(${table}.content #>> '{inResponseTo,0,reference}', 'Communication/' || ${table}.id)`

/** A professional marked the thread as seen up to this message or a later one. */
const seenByTeam = `exists (select 1 from resource s
  join resource m on m.rt = 'Communication' and m.person = s.person
    and s.content #>> '{about,0,reference}' = 'Communication/' || m.id
  where s.rt = 'Communication' and s.person = r.person and s.content ->> 'status' = 'completed'
    and s.content #>> '{category,0,coding,0,code}' = '${messageSeenCode}'
    and s.content #>> '{sender,reference}' like 'Practitioner%'
    and ${threadOf('m')} = ${threadOf('r')} and m.content ->> 'received' >= r.content ->> 'received')`

const dayBefore = (instant: string | Date, time: number) =>
  reckonedDay(new Date(instant).getTime() - time)

/**
 * The day from which the records of a person matter: two weeks before the case began. All of them if that is unknown.
 */
function startOf(episodes: readonly Row[]): string {
  const starts = episodes.map((row) => (asResource(row) as EpisodeOfCare).period?.start ?? '')
  const first = starts.toSorted()[0] ?? ''
  return Number.isNaN(Date.parse(first)) ? '' : dayBefore(first, recent)
}

/**
 * What is open about these people, with what was done in the last two weeks. Hospital stays and readings with an agreed
 * limit go back to the start of the case: an alert that nobody closed has no end.
 */
function recordsSql(
  { actor, scope, now }: OperationCall,
  cases: Readonly<{ people: readonly string[]; starts: readonly string[] }>,
  params: Params,
): string {
  const since = params.add(dayBefore(now, recent), 'text')
  const home = params.add(dayBefore(now, sinceHome), 'text')
  const people = params.add([...cases.people], 'text[]')
  const starts = params.add([...cases.starts], 'text[]')
  return `select r.rt, r.id, r.vid, r.ts, r.person, r.content
    from unnest(${people}, ${starts}) as c (person, start)
    cross join lateral (${limited} offset 0) as l
    cross join lateral unnest(array[${types}] || case when l.is_limited then array['Observation'] else '{}'::text[] end) as t (rt)
    join resource r on r.person = c.person and r.rt = t.rt
    where r.content is not null
      and ${scopeSql(scope, 'r', params, now)}
      and (
        r.rt = 'Patient'
        or (r.rt = 'RelatedPerson' and coalesce(r.content ->> 'active', 'true') = 'true')
        or (r.rt = 'CarePlan' and r.content ->> 'status' in ('active', 'draft', 'on-hold'))
        or (r.rt = 'Flag' and (r.content ->> 'status' = 'active' or r.id like 'alert-%'))
        or (r.rt = 'Task' and r.content ->> 'intent' = 'order'
            and (r.content ->> 'status' not in ${closed}
              or r.content #>> '{executionPeriod,end}' >= ${since}
              or exists (select 1 from resource m where m.rt = 'Communication' and m.person = r.person
                and m.content #>> '{about,0,reference}' = 'Task/' || r.id)))
        or (r.rt = 'Task' and r.content ->> 'intent' = 'proposal' and r.content ->> 'status' = 'requested'
            and r.content #>> '{code,coding,0,code}' = '${suggestedChangeCode}')
        or (r.rt = 'Task' and r.content ->> 'intent' = 'reflex-order' and r.content ->> 'status' = 'accepted')
        or (r.rt = 'Communication'
            and (r.content #>> '{category,0,coding,0,code}' in ('promise-answer', 'promise-dealt-with', 'review')
              or (r.content #>> '{category,0,coding,0,code}' = 'contact'
                and (r.content #>> '{about,0,reference}' like 'Encounter/%' or r.content ->> 'sent' >= ${home}))
              or (r.content #>> '{category,0,coding,0,code}' = '${messageCode}' and r.content ->> 'status' = 'completed'
                and r.content #>> '{sender,reference}' not like 'Practitioner%' and not ${seenByTeam})
              or (r.content #>> '{category,0,coding,0,code}' = 'access-seen'
                and r.content #>> '{sender,reference}' = ${params.add(`Practitioner/${actor.practitioner}`, 'text')})))
        or (r.rt = 'Provenance'
            and (r.content #>> '{activity,coding,0,code}' in (${answers})
              or (r.content #>> '{activity,coding,0,code}' = 'change-access' and r.content ->> 'recorded' >= c.start)))
        or (r.rt = 'QuestionnaireResponse' and r.content ->> 'questionnaire' like '${prepareForm.url}%')
        or (r.rt = 'Encounter' and r.content #>> '{class,code}' in (${listed(hospitalClasses)})
            and (r.content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave')
              or r.content #>> '{period,end}' >= c.start))
        or (r.rt = 'Encounter' and r.content #>> '{class,code}' in (${listed(visitClasses)})
            and r.content ->> 'status' = 'finished'
            and coalesce(r.content #>> '{period,start}', r.content #>> '{period,end}') >= ${home})
        or (r.rt = 'Observation' and (${readingCodes}) and ${measuredSql('r')} >= c.start)
      )`
}

function recordsOf(
  person: string,
  rows: readonly Row[],
  facts: TodayContacts | undefined,
): readonly Omit<TodayRecords, 'organisation' | 'hours'>[] {
  const all = <R extends Resource>(rt: R['resourceType']) =>
    rows.filter((row) => row.rt === rt).map((row) => asResource(row) as R)
  const [episode] = all<EpisodeOfCare>('EpisodeOfCare')
  const [patient] = all<Patient>('Patient')
  if (!episode || !patient) return []
  return [
    {
      ...{ person, episode, patient },
      ...{ tasks: all<Task>('Task'), plans: all<CarePlan>('CarePlan'), flags: all<Flag>('Flag') },
      answers: all<Communication>('Communication'),
      said: all<Provenance>('Provenance'),
      stays: all<Encounter>('Encounter'),
      prepared: all<QuestionnaireResponse>('QuestionnaireResponse'),
      readings: all<Observation>('Observation'),
      carers: all<RelatedPerson>('RelatedPerson'),
      lastContact: facts?.heard ?? undefined,
      lastStaffContact: facts?.reached ?? undefined,
      unmet: Number(facts?.unmet ?? 0),
    },
  ]
}

/** Id, version and time are columns of the store, not part of the content. */
function asResource({ content, id, vid, ts }: Row): Resource {
  const resource = storedRecord(content) as Resource
  const meta = { versionId: String(vid), lastUpdated: new Date(ts).toISOString() }
  return { ...resource, id, meta: { ...resource.meta, ...meta } } as Resource
}
