import type { Patient } from '@medplum/fhirtypes'
import { type Clock, dayIn, dayOf } from '#domain/calendar/zone.ts'
import { deathIn } from '#domain/person/death.ts'
import {
  correctedLeavings,
  type KnownRegistration,
  type RosterEvent,
  registrationChanges,
} from '#domain/roster/registration-changes.ts'
import { registrationsOf } from '#domain/roster/registrations-of.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { noteLeftOn } from './note-left-on.ts'

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
  await takeBackDeaths(sql, persons)
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Patient' and id = any($1::text[]) and content is not null`,
    [persons],
  )
  const patients = rows.map(({ content }) => storedRecord(content) as Patient & { id: string })
  const died = (patient: Patient) => diedOn(patient, today, zone)
  const known = await correctLeavings(sql, patients, {
    known: await knownOf(sql, persons),
    today,
    died,
  })
  const added = patients.flatMap((patient) => {
    const facts = { registrations: registrationsOf(patient), today, died: died(patient) }
    const changes = registrationChanges({ ...facts, known: known.get(patient.id) ?? [] })
    return changes.map((each) => ({ ...each, person: patient.id }))
  })
  if (added.length > 0) await addToRoster(sql, added, { source: 'record', at: now })
  await noteLeftOn(sql, persons)
}

type Known = ReadonlyMap<string, readonly Row[]>

/** Of a leaving that a record does not say any more, the row stays, marked as taken back. */
async function correctLeavings(
  sql: Sql,
  patients: readonly (Patient & { id: string })[],
  {
    known,
    today,
    died,
  }: Readonly<{ known: Known; today: string; died: (patient: Patient) => string | undefined }>,
): Promise<Known> {
  const wrong = patients.flatMap((patient) =>
    correctedLeavings({
      ...{ registrations: registrationsOf(patient), today, died: died(patient) },
      known: known.get(patient.id) ?? [],
    }),
  )
  if (wrong.length === 0) return known
  await sql.query(
    'update registration set taken_back = current_timestamp where seq = any($1::bigint[])',
    [wrong.map(({ seq }) => seq)],
  )
  return await knownOf(
    sql,
    patients.map(({ id }) => id),
  )
}

type Again = Readonly<{ persons: readonly string[]; organisation: string; since: Date }>

/**
 * After a whole list was taken back: what the records have said about that practice since, each version on its own day,
 * as if the list had never been.
 */
export async function noteRegistrationsSince(
  sql: Sql,
  { persons, organisation, since }: Again,
  clock: Clock,
): Promise<void> {
  const { zone, now } = clock
  const { rows } = await sql.query<{ id: string; ts: Date | string; content: unknown }>(
    `select id, ts, content from (
       select id, ts, vid, content from history where rt = 'Patient' and id = any($1::text[])
       union all select id, ts, vid, content from resource where rt = 'Patient' and id = any($1::text[])) said
     where ts >= $2 and content is not null order by ts, vid`,
    [persons, since],
  )
  for (const { id, ts, content } of rows) {
    const patient = storedRecord(content) as Patient
    const today = dayIn(zone, new Date(ts))
    const known = (await knownOf(sql, [id], today)).get(id) ?? []
    const changes = registrationChanges({
      ...{ registrations: registrationsOf(patient), today, died: diedOn(patient, today, zone) },
      known: known.filter((each) => each.organisation === organisation),
    })
    // one that is still ahead of that day is known already
    const ahead = ((await knownOf(sql, [id])).get(id) ?? []).filter(({ onDay }) => onDay > today)
    const theirs = changes.filter(
      (each) =>
        each.organisation === organisation &&
        !ahead.some((other) => other.organisation === organisation && other.onDay === each.onDay),
    )
    const added = theirs.map((each) => ({ ...each, person: id }))
    if (added.length > 0) await addToRoster(sql, added, { source: 'record', at: now })
  }
  await noteRegistrations(sql, persons, clock)
}

function diedOn(patient: Patient, today: string, zone: string): string | undefined {
  const died = deathIn(patient)
  if (!died) return undefined
  return died === true ? today : dayOf(died, zone)
}

type Row = KnownRegistration & Readonly<{ person: string; seq: number | string }>

/** The last that stands of each person and practice, up to a day if one is named. */
async function knownOf(sql: Sql, persons: readonly string[], until?: string): Promise<Known> {
  const { rows } = await sql.query<Row>(
    `with stands as not materialized (select * from registration where person = any($1::text[]) and taken_back is null
       and on_day <= coalesce($2::text, on_day))
     select distinct on (g.person, g.organisation) g.person, g.organisation, g.kind, g.why, g.on_day as "onDay", g.source,
       g.seq, g.words,
       array(select b.on_day from stands b where b.person = g.person and b.organisation = g.organisation
         and b.kind = 'joined') as "joinedDays",
       coalesce((select min(b.on_day) from stands b where b.person = g.person and b.organisation = g.organisation
         and b.kind = 'joined' and b.on_day >= coalesce((select max(e.on_day) from stands e
           where e.person = g.person and e.organisation = g.organisation and e.kind = 'left'), '')), g.on_day) as since
     from stands g order by g.person, g.organisation, g.on_day desc, g.seq desc`,
    [persons, until ?? null],
  )
  return Map.groupBy(rows, ({ person }) => person)
}

/** Of a death that was withdrawn the leaving is taken back. */
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
