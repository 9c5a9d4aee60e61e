import type { Provenance, Resource } from '@medplum/fhirtypes'
import { endOfDay, startOfDay } from '#domain/calendar/zone.ts'
import { coverPackRequest } from '#domain/cover/cover-pack.ts'
import { happenedIn, whileAwayAnswer } from '#domain/cover/while-away.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { absenceToRead } from '#server/cover/absence-to-read.ts'
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
    'What happened while the caller was away (id of the absence), for each of their people: contacts, hospital, alerts and what was done about them, and what was changed in the plan, with who did it; for whoever was away alone',
  async run(call) {
    const coworker = mustBeCoworker(call.actor)
    const { id } = askedParameters(call, coverPackRequest)
    const { absence, line, isOwn } = await absenceToRead(call, id, coworker)
    if (!isOwn) throw notFound()
    const { zone } = call.context
    const span = {
      from: startOfDay(absence.from, zone),
      until: new Date(Math.min(Number(endOfDay(absence.until, zone)), Number(call.now))),
    }
    const ids = await peopleOf(call, coworker.me)
    const named = await peopleNamedFor(call, ids)
    const records = await recordsSince(call, ids, span.from)
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

async function peopleOf({ sql, scope, now }: OperationCall, me: string) {
  const params = new Params()
  const { rows } = await sql.query<{ person: string }>(
    `select distinct r.person from resource r where r.rt = 'EpisodeOfCare' and r.content is not null
       and r.content ->> 'status' in ('active', 'onhold', 'finished')
       and r.content #>> '{careManager,reference}' = ${params.add(me, 'text')}
       and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map(({ person }) => person)
}

type Stored = Readonly<{ person: string; record: Resource }>

async function recordsSince(
  { sql, scope, now }: OperationCall,
  people: readonly string[],
  from: Date,
): Promise<readonly Stored[]> {
  const params = new Params()
  const { rows } = await sql.query<{ id: string; person: string; content: unknown }>(
    `select r.id, r.person, r.content from resource r
     where r.person = any(${params.add([...people], 'text[]')}) and r.content is not null
       and r.rt in ('Communication', 'Flag', 'Encounter', 'Provenance')
       and r.ts >= ${params.add(from, 'timestamptz')} and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map(({ id, person, content }) => ({
    person,
    record: { ...(storedRecord(content) as Resource), id } as Resource,
  }))
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
