import type { Patient, Resource } from '@medplum/fhirtypes'
import { addDays, isWholeDay } from '#domain/calendar/days.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import { type CareDays, daysApart, isMarked, withoutDoubledStays } from '#domain/feed/feed-stays.ts'
import { optedOutIn } from '#domain/opt-out/opt-out-fhir.ts'
import { newestScores } from '#domain/outside-score/outside-score.ts'
import { outsideScoreIn, outsideScoreSystem } from '#domain/outside-score/outside-score-fhir.ts'
import { standsFor } from '#domain/person/joined.ts'
import { type PersonFacts, personFacts } from '#domain/risk/person-facts.ts'
import { shapeSql } from '#server/store/indexing/shape.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { hash53, tokenHash } from '#server/store/token-hash.ts'
import { costColumns, costSql } from './costs.ts'
import { daysApartSql, feedStaysSql } from './feed-stays-sql.ts'
import { foldListCounts } from './fold-list-counts.ts'

const columns = `person text, family text, given text, title text, search text, families text, birth_date text, deceased boolean,
  nhs text, in_use boolean, replaced_by text, charlson integer, frailty integer, band text, admissions integer, medicines integer, conditions text[],
  unmapped integer, coded boolean, case_id text, case_status text, coordinator text, not_now text,
  look_again date, decided_by text, decided_on date, rank integer,
  likeness text, likeness_before text, stayed_since boolean, stays integer,
  bed_days integer, segment text, subsegment text, changeable text[], persistent boolean, deprivation integer,
  ethnicity text, language text, gender text, last_contact text,
  opted_out text[], outside jsonb, stays_before integer, bed_days_before integer, stay_days text[],
  frailty_up_1 integer, frailty_up_2 integer, groups text[], groups_before text[], lives_alone boolean, care_home boolean, as_written bigint`

const names = columns.split(',').map((each) => each.trim().split(' ')[0] ?? '')

/** Of a person’s lines of cost: whose lines count, and on which days none does. They are not kept. */
const ofLines = 'line_people text[], apart text'

const facts = [...names, 'chance', 'chance_before', ...costColumns]
const allColumns = [...facts, 'worked_out']

/** `$1`: the facts of several people; `$2`: the day. */
const workedOut = `
  select ${names.map((name) => `r.${name}`).join(', ')}, now_like.per100 as chance, then_like.per100 as chance_before,
    paid.cost, paid.currency as cost_currency, paid.lines as cost_lines, paid.missing as cost_missing, $2::date as worked_out
  from jsonb_to_recordset($1::jsonb) as r (${columns}, ${ofLines})
  left join chance_of now_like on now_like.likeness = r.likeness
  left join chance_of then_like on then_like.likeness = r.likeness_before
  cross join lateral (${costSql({ whose: '= any(r.line_people)', day: '$2::date', apart: 'r.apart::datemultirange' })}) paid`

const upsert = `
  insert into person_row (${allColumns.join(', ')}) ${workedOut}
  on conflict (person) do update set
    ${allColumns
      .slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`

/** Of rows that are there, and locked: one that comes out as it was is not written, whatever the day. */
const update = `
  update person_row p set ${allColumns
    .slice(1)
    .map((name) => `${name} = w.${name}`)
    .join(', ')}
  from (${workedOut}) w
  where p.person = w.person and (${facts.map((name) => `p.${name}`).join(', ')})
    is distinct from (${facts.map((name) => `w.${name}`).join(', ')})`

/** The day is kept beside the row: it changes whenever one is worked out, and most often alone. */
const keepDue = `
  insert into person_due select * from unnest($1::text[], $2::date[])
  on conflict (person) do update set changes_on = excluded.changes_on
    where person_due.changes_on <> excluded.changes_on`

/** Observations that are a score from elsewhere: few, and found by the system of their code. */
const outsideToken = tokenHash('code', outsideScoreSystem, undefined)

const hospital = hospitalClasses.map((code) => `'${code}'`).join(', ')

/**
 * Lists are for everyone who works with a person, so restricted records do not count in them; what somebody said no to
 * counts whatever its label. Of
 * encounters, hospital stays of two years and every contact of one year are needed, and the last one before: by the
 * index of their start (migration 0039), so that a long past costs nothing.
 */
const wanted = `
  select person, content from resource
  where person = any($1::text[]) and content is not null
    and (rt in ('Patient', 'Consent') or room not in ('restricted', 'sealed'))
    and (rt in ('Patient', 'Condition', 'EpisodeOfCare', 'Consent', 'RiskAssessment')
      or rt in ('MedicationRequest', 'MedicationStatement') and content->>'status' = 'active')
  union all
  select person, content from resource
  where person = any($1::text[]) and content is not null and room not in ('restricted', 'sealed')
    and rt = 'Encounter' and content->'period'->>'start' >= $2::text
    and (content->'period'->>'start' >= $3::text or content->'class'->>'code' in (${hospital}))
  union all
  select p.person, last.content from unnest($1::text[]) as p(person) cross join lateral (
    select content from resource
    where person = p.person and content is not null and room not in ('restricted', 'sealed')
      and rt = 'Encounter' and content->'period'->>'start' < $3::text
      and not (content->'period'->>'start' >= $2::text and content->'class'->>'code' in (${hospital}))
      and content->>'status' not in ('planned', 'cancelled', 'entered-in-error')
    order by content->'period'->>'start' desc limit 1) last
  union all
  select r.person, r.content from idx i join resource r on r.rid = i.rid
  where i.rt = 'Observation' and i.person = any($1::text[]) and ${shapeSql('i', `array[${outsideToken}]::bigint[]`)}
    and r.content is not null and r.room not in ('restricted', 'sealed')
  union all
  ${feedStaysSql('$1::text[]', '$2::text')}
  union all
  ${daysApartSql('$1::text[]')}`

/**
 * Derives the rows of these people again, in three statements. The rows are locked before the records are read, so
 * that of two writers about one person the second sees what the first wrote.
 */
export async function refreshPatientSummaries(
  sql: Sql,
  persons: readonly string[],
  { now, zone }: Clock,
): Promise<void> {
  if (persons.length === 0) return
  const day = dayIn(zone, now)
  const { ids, known } = await withJoined(sql, persons)
  const { rows } = await sql.query<{ person: string; content: Resource | string }>(wanted, [
    ids,
    addDays(day, -732),
    addDays(day, -366),
  ])
  const records = new Map<string, Resource[]>()
  for (const { person, content } of rows) {
    const resource = storedRecord<Resource>(content)
    const list = records.get(person)
    if (list) list.push(resource)
    else records.set(person, [resource])
  }
  const patientOf = (person: string) =>
    records.get(person)?.find((each): each is Patient => each.resourceType === 'Patient')
  const unread: string[] = []
  const linesOf = Map.groupBy(ids, (person) => inUseNow(person, patientOf))
  const found = ids.flatMap((person): Found[] => {
    try {
      const line_people = linesOf.get(person) ?? []
      const own = (records.get(person) ?? []).filter((each) => !isMarked(each))
      const marked = line_people.flatMap((each) => (records.get(each) ?? []).filter(isMarked))
      const theirs = withoutDoubledStays([...own, ...marked], zone)
      const facts = personFacts(theirs, { day, zone }, patientOf)
      const apart = rangesOf(daysApart(marked, zone))
      return facts ? [{ person, facts, line_people, apart }] : []
    } catch {
      unread.push(person)
      return []
    }
  })
  if (unread.length > 0) await keepAsTheyWere(sql, unread, addDays(day, 1))
  const worked = ids.filter((person) => !unread.includes(person))
  await keep(sql, { ids: worked, known }, { day, rows: rowsOf(found, records) })
  await foldListCounts(sql)
}

/** Who cannot be worked out keeps the row that there is, and stops nobody else; it is tried again on that day. */
const keepAsTheyWere = async (sql: Sql, persons: readonly string[], next: string) =>
  await sql.query(
    `insert into person_due select person, $2::date from person_row where person = any($1::text[])
     on conflict (person) do update set changes_on = excluded.changes_on`,
    [persons, next],
  )

type Found = Readonly<{ person: string; facts: PersonFacts }> & OfLines

type Row = Readonly<{
  person: string
  line_people: readonly string[]
  changes_on: string | null
  facts: object
  /** a number for the facts: the same ones have the same */
  as_written: number
}>

/** A day that no calendar has would stop the rows of everybody: it is left out. */
const soundDay = (day: string | null) => (day !== null && isWholeDay(day) ? day : null)

type OfLines = Readonly<{ line_people: readonly string[]; apart: string | null }>

/** The record in use that this one was joined to, maybe through others. Its lines count there, and at no other. */
function inUseNow(person: string, patientOf: (id: string) => Patient | undefined): string {
  const seen = new Set<string>()
  for (let at = person; !seen.has(at); ) {
    seen.add(at)
    const patient = patientOf(at)
    const next = patient && standsFor(patient, patientOf)
    if (!next) return at
    at = next
  }
  return person
}

const rangesOf = (days: readonly CareDays[]) =>
  days.length === 0 ? null : `{${days.map(({ from, until }) => `[${from},${until}]`).join()}}`

/** A no counts for every record of the person, whichever of the joined ones it is in. */
function rowsOf(
  found: readonly Found[],
  records: ReadonlyMap<string, readonly Resource[]>,
): readonly Row[] {
  const inUse = ({ person, facts }: Found) => facts.replaced_by ?? person
  const joined = Map.groupBy(found, inUse)
  return found.map((each) => {
    const consents = (joined.get(inUse(each)) ?? [])
      .flatMap(({ person }) => records.get(person) ?? [])
      .filter((one) => one.resourceType === 'Consent')
    return rowOf(each, {
      opted_out: optedOutIn(consents),
      outside: outsideIn(records, each.person),
    })
  })
}

type Beside = Readonly<{ opted_out: readonly string[]; outside: object | null }>

/** The day is no fact: a row may come out as it was on another day. */
function rowOf({ person, facts, line_people, apart }: Found, beside: Beside): Row {
  const { worked_out: _day, changes_on, ...lasting } = facts
  const kept = {
    ...{ person, line_people, apart },
    ...lasting,
    ...{ look_again: soundDay(lasting.look_again), decided_on: soundDay(lasting.decided_on) },
    ...beside,
  }
  const as_written = hash53(JSON.stringify(kept))
  return { person, line_people, changes_on: soundDay(changes_on), facts: kept, as_written }
}

/** The latest value of each score from elsewhere; null: none. */
function outsideIn(records: ReadonlyMap<string, readonly Resource[]>, person: string) {
  const scores = newestScores(
    (records.get(person) ?? []).flatMap((each) => outsideScoreIn(each) ?? []),
  )
  if (scores.length === 0) return null
  return Object.fromEntries(scores.map(({ code, value }) => [code, value]))
}

const linkedTo = `select split_part(l -> 'other' ->> 'reference', '/', 2) from resource r
  cross join lateral jsonb_array_elements(r.content -> 'link') l
  where r.rt = 'Patient' and r.id = any($1::text[]) and r.content ? 'link'`

type Known = Readonly<{
  person: string
  replaced_by: string | null
  /** of the facts that the row was made from; text where a database gives large numbers so */
  as_written: string | number | null
  has_lines: boolean
}>

/** Whose rows are worked out, in order; `known`: whoever has one, which is locked. */
type Locked = Readonly<{ ids: readonly string[]; known: ReadonlyMap<string, Known> }>

/**
 * These people and everybody whose record is, was or will be joined with theirs, locked in order. Each direction is
 * queried separately: joined by OR they made PostgreSQL read everybody's row.
 */
async function withJoined(sql: Sql, persons: readonly string[]): Promise<Locked> {
  const distinct = [...new Set(persons)]
  const { rows } = await sql.query<Known>(
    `select person, replaced_by, as_written, cost_lines > 0
         or exists (select 1 from activity_line l where l.person = person_row.person) as has_lines
     from person_row where person in (
       select unnest($1::text[])
       union all select person from person_row where replaced_by = any($1::text[])
       union all ${linkedTo})
     order by person for update`,
    [distinct],
  )
  const all = [...distinct, ...rows.flatMap((row) => [row.person, row.replaced_by ?? row.person])]
  const joined = [...new Set(all)].toSorted()
  // one that was joined to one that was joined
  if (joined.length > distinct.length) return await withJoined(sql, joined)
  return { ids: joined, known: new Map(rows.map((row) => [row.person, row])) }
}

/** Costs are summed from lines of their own, which the facts do not hold. */
function isAsWritten({ person, line_people, as_written }: Row, known: Locked['known']): boolean {
  const before = known.get(person)?.as_written
  return (
    Number(before ?? Number.NaN) === as_written &&
    [person, ...line_people].every((each) => known.get(each)?.has_lines === false)
  )
}

type Worked = Readonly<{ day: string; rows: readonly Row[] }>

async function keep(sql: Sql, { ids, known }: Locked, { day, rows }: Worked): Promise<void> {
  const moved = rows.filter((row) => !isAsWritten(row, known))
  const write = async (statement: string, some: readonly Row[]) => {
    const written = some.map(({ facts, as_written }) => ({ ...facts, as_written }))
    if (some.length > 0) await sql.query(statement, [JSON.stringify(written), day])
  }
  await write(
    update,
    moved.filter(({ person }) => known.has(person)),
  )
  await write(
    upsert,
    moved.filter(({ person }) => !known.has(person)),
  )
  const due = rows.filter(({ changes_on }) => changes_on !== null)
  if (due.length > 0)
    await sql.query(keepDue, [
      due.map(({ person }) => person),
      due.map(({ changes_on }) => changes_on),
    ])
  const [left, isDue] = [
    new Set(rows.map(({ person }) => person)),
    new Set(due.map(({ person }) => person)),
  ]
  const gone = ids.filter((id) => !left.has(id))
  if (gone.length > 0)
    await sql.query('delete from person_row where person = any($1::text[])', [gone])
  const notDue = ids.filter((id) => !isDue.has(id))
  if (notDue.length > 0)
    await sql.query('delete from person_due where person = any($1::text[])', [notDue])
}
