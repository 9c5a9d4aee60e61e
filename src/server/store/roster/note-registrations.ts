import type { Patient } from '@medplum/fhirtypes'
import { type Clock, dayIn, dayOf } from '#domain/calendar/zone.ts'
import { deathIn } from '#domain/person/death.ts'
import {
  type KnownRegistration,
  type RosterEvent,
  registrationChanges,
} from '#domain/roster/registration-changes.ts'
import { registrationsOf } from '#domain/roster/registrations-of.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * What the records of these people say about the lists they are on, added to what is known: whoever wrote them, by hand,
 * by an import or by a message. In the transaction of the write.
 */
export async function noteRegistrations(
  sql: Sql,
  persons: readonly string[],
  { now, zone }: Clock,
): Promise<void> {
  const today = dayIn(zone, now)
  const known = await knownOf(sql, persons)
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Patient' and id = any($1::text[]) and content is not null`,
    [persons],
  )
  const added: (RosterEvent & { person: string })[] = []
  for (const { id, content } of rows) {
    const patient = storedRecord(content) as Patient
    const facts = { known: known.get(id) ?? [], registrations: registrationsOf(patient), today }
    const changes = registrationChanges({ ...facts, died: diedOn(patient, today, zone) })
    added.push(...changes.map((each) => ({ ...each, person: id })))
  }
  if (added.length > 0) await addToRoster(sql, added, { source: 'record', at: now })
}

function diedOn(patient: Patient, today: string, zone: string): string | undefined {
  const died = deathIn(patient)
  if (!died) return undefined
  return died === true ? today : dayOf(died, zone)
}

type Row = KnownRegistration & Readonly<{ person: string }>

/** The last that stands of each person and practice. Of a death that was withdrawn the leaving is taken back. */
async function knownOf(sql: Sql, persons: readonly string[]) {
  await takeBackDeaths(sql, persons)
  const { rows } = await sql.query<Row>(
    `select distinct on (g.person, g.organisation) g.person, g.organisation, g.kind, g.why, g.on_day as "onDay", g.source,
       coalesce((select min(b.on_day) from registration b where b.person = g.person and b.organisation = g.organisation
         and b.kind = 'joined' and b.taken_back is null and b.on_day >= coalesce((select max(e.on_day) from registration e
           where e.person = g.person and e.organisation = g.organisation and e.kind = 'left' and e.taken_back is null), '')), g.on_day) as since
     from registration g where g.person = any($1::text[]) and g.taken_back is null
     order by g.person, g.organisation, g.on_day desc, g.seq desc`,
    [persons],
  )
  return Map.groupBy(rows, ({ person }) => person)
}

async function takeBackDeaths(sql: Sql, persons: readonly string[]): Promise<void> {
  await sql.query(
    `update registration g set taken_back = current_timestamp
     from resource p where g.person = any($1::text[]) and g.kind = 'left' and g.why = 'died' and g.source = 'record'
       and g.taken_back is null and g.words is null and p.rt = 'Patient' and p.id = g.person and p.content is not null
       and p.content->>'deceasedDateTime' is null and coalesce(p.content->>'deceasedBoolean', 'false') = 'false'`,
    [persons],
  )
}

/** Adds what happened; nothing that is there is touched. */
export async function addToRoster(
  sql: Pick<Sql, 'query'>,
  events: readonly (RosterEvent & Readonly<{ person: string }>)[],
  { source, at, list }: Readonly<{ source: 'record' | 'list'; at: Date; list?: string }>,
): Promise<void> {
  const rows = events.map(({ person, organisation, kind, why, onDay, words }) => ({
    ...{ person, organisation, kind, why, on_day: onDay, words: words ?? null },
  }))
  await sql.query(
    `insert into registration (person, organisation, kind, why, on_day, words, source, list, at)
     select person, organisation, kind, why, on_day, words, $2, $3, $4
     from jsonb_to_recordset($1::jsonb) as n(person text, organisation text, kind text, why text, on_day text, words text)`,
    [JSON.stringify(rows), source, list ?? null, at],
  )
}
