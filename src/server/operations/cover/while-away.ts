import type { Patient, Provenance, Resource } from '@medplum/fhirtypes'
import { startOfDay } from '#domain/calendar/zone.ts'
import { whileAwayRequest } from '#domain/cover/cover-pack.ts'
import { happenedIn, whileAwayAnswer } from '#domain/cover/while-away.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { absenceToRead } from '#server/cover/absence-to-read.ts'
import { isCodedSql } from '#server/cover/kept-absences.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { mustBeCoworker } from './staff-here.ts'

/** What happened to the people of whoever was away, from the records, with who did it. */
export const whileAwayOperation: Operation = {
  name: 'while-away',
  on: 'type',
  type: 'PractitionerRole',
  changes: false,
  purpose:
    'What happened while the caller was away (id of the absence), from the first day away until they have said that they read it, for each of their people: deaths, hospital, safety concerns, alerts and what was done about them, messages that nobody of the team answered, contacts, visits that were cancelled or missed, what meetings decided, who was handed over to whom, and what was changed in the plan, with who did it; never a safeguarding concern; for whoever was away alone',
  async run(call) {
    const coworker = mustBeCoworker(call.actor)
    const { id } = askedParameters(call, whileAwayRequest)
    const { absence, line, isOwn } = await absenceToRead(call, id, coworker)
    if (!isOwn) throw notFound()
    const { zone } = call.context
    // the last day away may be a Friday, and the day of coming back a Monday: until it is read
    const until = absence.read ? new Date(absence.read) : call.now
    const span = { from: startOfDay(absence.from, zone), until, zone }
    const ids = await peopleOf(call, coworker.me, absence.from, span.from)
    const named = await peopleNamedFor(call, ids)
    const records = [
      ...(await deathsOf(call, [...named.keys()])),
      ...(await recordsSince(call, ids, span.from)),
    ]
    const about = await targetsOf(call, records)
    const seen = [...named.keys()].map((each) => [each, [`Patient/${each}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$while-away' })
    const people = [...named.values()].map(({ id: person, family, given }) => {
      const own = records.filter((each) => each.person === person).map(({ record }) => record)
      return { id: person, family, given, lines: happenedIn(own, about, span) }
    })
    return whileAwayAnswer.write({
      absence: line,
      people: people.toSorted(
        (one, other) =>
          Number(other.lines.length > 0) - Number(one.lines.length > 0) ||
          one.family.localeCompare(other.family),
      ),
    })
  },
}

/** Those whom the caller coordinates, those whose case was closed since, and those whom somebody handed over since. */
async function peopleOf(call: OperationCall, me: string, from: string, since: Date) {
  const { sql, scope, now } = call
  const params = new Params()
  const { rows } = await sql.query<{ person: string }>(
    `select distinct r.person from resource r where r.rt = 'EpisodeOfCare' and r.content is not null
       and (r.content ->> 'status' in ('active', 'onhold') or (r.content ->> 'status' = 'finished'
         and coalesce(r.content #>> '{period,end}' >= ${params.add(from, 'text')},
           r.ts >= ${params.add(since, 'timestamptz')})))
       and r.content #>> '{careManager,reference}' = ${params.add(me, 'text')}
       and ${scopeSql(scope, 'r', params, now)}
     union select r.person from resource r where ${isCodedSql('r', 'coordinator-change')}
       and r.ts >= ${params.add(since, 'timestamptz')} and ${isFromSql('r', me, params)}
       and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map(({ person }) => person)
}

/** The change of coordinator takes the person from this professional, and stands. */
function isFromSql(table: string, me: string, params: Params): string {
  const from = params.add(
    JSON.stringify([{ extension: [{ url: 'from', valueReference: { reference: me } }] }]),
    'text',
  )
  return `${table}.content -> 'extension' @> ${from}::jsonb
    and not ${table}.content -> 'extension' @> '[{"extension":[{"url":"undone"}]}]'`
}

type Stored = Readonly<{ person: string; record: Resource }>

/** Of those who died, when it was first written and not taken back since. */
async function deathsOf(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
): Promise<readonly Stored[]> {
  const params = new Params()
  const ids = params.add([...people], 'text[]')
  const version = (from: string) =>
    `select id, vid, ts, (content ->> 'deceasedDateTime' is not null
       or coalesce(content ->> 'deceasedBoolean', '') = 'true') as died
     from ${from} where rt = 'Patient' and id = any(${ids}) and content is not null`
  const { rows } = await sql.query<{ id: string; told: Date | string; content: unknown }>(
    `with version as (${version('resource')} union all ${version('history')})
     select r.id, r.content, (select min(v.ts) from version v where v.id = r.id and v.died
       and v.vid > coalesce((select max(o.vid) from version o where o.id = r.id and not o.died), 0)) as told
     from resource r where r.rt = 'Patient' and r.content is not null
       and r.id in (select id from version where died) and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.flatMap(({ id, told, content }) =>
    told ? [{ person: id, record: dated({ id, content, ts: told }) as Patient }] : [],
  )
}

type Row = Readonly<{ id: string; ts: Date | string; content: unknown }>

/** The record, with the moment in place of when it was last written. */
const dated = ({ id, ts, content }: Row): Resource => {
  const record = storedRecord(content) as Resource
  return { ...record, id, meta: { ...record.meta, lastUpdated: new Date(ts).toISOString() } }
}

async function recordsSince(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
  from: Date,
): Promise<readonly Stored[]> {
  const params = new Params()
  const { rows } = await sql.query<Row & Readonly<{ person: string }>>(
    `select r.id, r.person, r.ts, r.content from resource r
     where r.person = any(${params.add([...people], 'text[]')}) and r.content is not null
       and (r.rt in ('Communication', 'Flag', 'Encounter', 'Appointment', 'Provenance')
         or (${isCodedSql('r', 'coordinator-change')}))
       and r.ts >= ${params.add(from, 'timestamptz')} and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map((row) => ({ person: row.person, record: dated(row) }))
}

/** What these say that was written, as it is now and as far as the caller may see it. */
async function targetsOf(
  { sql, scope, now }: OperationCall,
  records: readonly Stored[],
): Promise<ReadonlyMap<string, Resource>> {
  const names = records.flatMap(({ record }) =>
    record.resourceType === 'Provenance' ? targetNames(record) : [],
  )
  const params = new Params()
  const { rows } = await sql.query<{ rt: string; id: string; content: unknown }>(
    `select r.rt, r.id, r.content from resource r where r.content is not null
       and r.rt || '/' || r.id = any(${params.add([...new Set(names)], 'text[]')})
       and r.person = any(${params.add([...new Set(records.map(({ person }) => person))], 'text[]')})
       and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return new Map(
    rows.map(({ rt, id, content }) => [`${rt}/${id}`, storedRecord(content) as Resource]),
  )
}

const targetNames = ({ target }: Provenance) =>
  target.flatMap(({ reference = '' }) => {
    const to = referenceTarget(reference)
    return to ? [`${to.type}/${to.id}`] : []
  })
