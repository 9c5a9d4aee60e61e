import type { Bundle, CarePlan, Resource } from '@medplum/fhirtypes'
import { recordAccessKind } from '#domain/access/record-access-kind.ts'
import { isActionOf, isPartOf } from '#domain/plan/agreed-content.ts'
import { isPlan, isWhatIf, planFromFhir } from '#domain/plan/fhir.ts'
import { livingPlan } from '#domain/plan/living-plan.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import { isReferral } from '#domain/referral/fhir.ts'
import { isOffer } from '#domain/support/is-offer.ts'
import { noteShown } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { type StandingPlan, standingPlan } from './standing-plan.ts'
import { stateAsked } from './state-asked.ts'

/**
 * The records of a plan as they stood when a version was written, or at a moment, in the order of commits: as far as the
 * caller may see today what they have become.
 */
export const planAtOperation: Operation = {
  name: 'plan-at',
  on: 'instance',
  type: 'CarePlan',
  changes: false,
  purpose:
    'The records of a plan exactly as they stood: version (a number), or at (a day or an instant); as far as the caller may see them today',
  records: (answer) =>
    answer.resourceType === 'Bundle'
      ? (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
      : [],
  run: planAt,
}

async function planAt(call: OperationCall): Promise<Bundle> {
  const { context } = call
  const asked = stateAsked(call)
  const standing = await standingPlan(call)
  const state = await stateOf(call, standing, asked)
  const records = await recordsAt(call, standing, state)
  await noteShown(context, records, '$plan-at')
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: state.at.toISOString(),
    entry: records.map((resource) => ({
      fullUrl: `${context.base}/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  }
}

type State = Readonly<{ version: number; at: Date }>

const versionsOfPlan = `(select vid, ts, content is null as gone from resource where rt = 'CarePlan' and id = $1
  union all select vid, ts, content is null from history where rt = 'CarePlan' and id = $1) v`

/** Which version it was. Times of versions need not rise: a writer takes the time before it waits for another. */
async function stateOf(
  { context }: OperationCall,
  { id, version: newest }: StandingPlan,
  asked: ReturnType<typeof stateAsked>,
): Promise<State> {
  const isVersion = 'version' in asked
  const { rows } = await context.service.sql.query<{ vid: number; ts: Date | string }>(
    `select vid, ts from ${versionsOfPlan} where not gone and ${isVersion ? 'vid = $2::int' : 'ts <= $2::timestamptz'}
     order by vid desc limit 1`,
    [id, isVersion ? asked.version : asked.moment.toISOString()],
  )
  const [found] = rows
  if (found) {
    const at = isVersion ? new Date(found.ts) : asked.moment
    return { version: found.vid, at }
  }
  throw new FhirProblem(
    404,
    'not-found',
    isVersion
      ? `This plan has no version ${asked.version}: the newest is ${newest}`
      : 'This plan had not been started at that time',
  )
}

type Chosen = Readonly<{ rt: string; id: string; vid: number }>

const types = ['CarePlan', 'CareTeam', 'Goal', 'Task', 'Observation', 'Condition', 'ServiceRequest']

/**
 * Which version of each record it was, whoever asks: first the order of commits, as the notes of who wrote the plan have
 * it, then the time for what changed no plan. Readings are many, and never part of it.
 */
async function versionsAt(
  { context }: OperationCall,
  { id, person }: StandingPlan,
  { version, at }: State,
): Promise<readonly Chosen[]> {
  const { rows } = await context.service.sql.query<Chosen>(
    `with told as materialized (
      select split_part(p.content #>> '{target,0,reference}', '/', 4)::int as made,
        split_part(e.value #>> '{what,reference}', '/', 1) as rt,
        split_part(e.value #>> '{what,reference}', '/', 2) as id,
        split_part(e.value #>> '{what,reference}', '/', 4)::int as vid
      from resource p cross join lateral jsonb_array_elements(p.content -> 'entity') e
      where p.rt = 'Provenance' and p.person = $1 and p.id like 'written-%' and p.content ? 'entity'
        and p.content #>> '{target,0,reference}' like 'CarePlan/' || $2 || '/_history/%'
        and e.value #>> '{what,reference}' ~ '^[A-Za-z]+/[^/]+/_history/[0-9]{1,9}$'
    ), marks as (
      select rt, id, max(vid) filter (where made <= $3::int) as early, min(vid) filter (where made > $3::int) as late
      from told group by rt, id
    ), versions as (
      select rt, id, vid, ts, content is null as gone from resource
        where person = $1 and rt = any($5::text[]) and not (rt = 'Observation' and room = 'record')
      union all select rt, id, vid, ts, content is null from history
        where person = $1 and rt = any($5::text[]) and not (rt = 'Observation' and room = 'record')
    ), chosen as (
      select distinct on (v.rt, v.id) v.rt, v.id, v.vid, v.gone
      from versions v left join marks m on m.rt = v.rt and m.id = v.id
      where case when v.rt = 'CarePlan' and v.id = $2 then v.vid = $3::int
        else (m.late is null or v.vid < m.late) and (v.ts <= $4::timestamptz or v.vid <= m.early) end
      order by v.rt, v.id, v.vid desc
    )
    select rt, id, vid from chosen where not gone order by rt, id`,
    [person, id, version, at.toISOString(), types],
  )
  return rows
}

type Row = Omit<StoredVersionRow, 'content'> & { content: Resource }

/** Within the caller's reach, both as it was then and as it is now: the present decides about the past. */
async function recordsAt(
  call: OperationCall,
  standing: StandingPlan,
  state: State,
): Promise<readonly Resource[]> {
  const chosen = await versionsAt(call, standing, state)
  const { sql, scope, now } = call
  const params = new Params()
  const [rts, ids] = (['rt', 'id'] as const).map((key) =>
    params.add(
      chosen.map((each) => each[key]),
      'text[]',
    ),
  )
  const vids = params.add(
    chosen.map(({ vid }) => vid),
    'int[]',
  )
  const within = `${scopeSql(scope, 'v', params, now)} and ${scopeSql(scope, 'r', params, now)}`
  const { rows } = await sql.query<Row>(
    `select v.rt, v.id, v.vid, v.ts, v.person, v.content from unnest(${rts}, ${ids}, ${vids}) as n (rt, id, vid)
     join resource r on r.rt = n.rt and r.id = n.id
     join lateral (
       select rt, id, vid, ts, person, room, content from resource where rid = r.rid and vid = n.vid
       union all select rt, id, vid, ts, person, room, content from history
         where rt = n.rt and id = n.id and vid = n.vid) v on true
     where v.content is not null and ${within} order by v.rt, v.id`,
    params.values,
  )
  const records = rows.map((row) => completeRow(row))
  const plan = records.find((each): each is CarePlan => isThePlan(each, standing.id))
  if (!plan) throw new FhirProblem(404, 'not-found', 'This version of the plan is not open to you')
  const isLived = await isLivedBy(call, standing)
  return [
    plan,
    ...records.filter(
      (each) => each !== plan && belongs(each, { ...plan, id: standing.id }, isLived),
    ),
  ]
}

const isThePlan = (record: Resource, id: string) =>
  record.resourceType === 'CarePlan' && record.id === id

/** A plan without a case shows everything of the person only if the house is drawn from it. */
async function isLivedBy(
  call: OperationCall,
  { id, person, plan }: StandingPlan,
): Promise<boolean> {
  if (planFromFhir(plan).caseId !== '') return true
  const query = new URLSearchParams({ patient: `Patient/${person}`, _count: '1000' })
  const { matches } = await call.store.search('CarePlan', query, call.scope)
  const plans = matches.filter((each): each is CarePlan => each.resourceType === 'CarePlan')
  return livingPlan(plans, undefined)?.id === id
}

type NamedPlan = CarePlan & { id: string }

function belongs(record: Resource, plan: NamedPlan, isLived: boolean): boolean {
  if (record.resourceType === 'ServiceRequest')
    return isLived && !isReferral(record) && !isOffer(record)
  if (!isPlanRecord(record)) return false
  if (record.resourceType === 'CarePlan') return !isPlan(record) && isOfSameCase(record, plan)
  if (record.resourceType === 'CareTeam') return isLived
  if (record.resourceType === 'Task') return isActionOf(record, stepsOf(plan))
  if (record.resourceType === 'Observation' && recordAccessKind(record) !== 'about-me') return false
  return isPartOf(plan, record, isLived)
}

const stepsOf = (plan: NamedPlan) => ({ id: plan.id, actions: planFromFhir(plan).actions })

const caseOf = (carePlan: CarePlan) =>
  carePlan.supportingInfo?.find(({ reference }) => reference?.startsWith('EpisodeOfCare/'))
    ?.reference

const isOfSameCase = (record: CarePlan, plan: CarePlan) =>
  isWhatIf(record) && (caseOf(plan) === undefined || caseOf(record) === caseOf(plan))
