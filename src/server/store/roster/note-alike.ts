import type { Patient } from '@medplum/fhirtypes'
import { compareRecords, mayBeOnePerson } from '#domain/alike/alike.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Pair = Readonly<{ person: string; other: string; one: unknown; two: unknown }>

/** A birth date and a name that more records have is a placeholder, such as “Unknown”: it tells nobody apart. */
const mostOfOneName = 20
/** Of one person; whoever looks like more people is a placeholder too, or somebody decides about these first. */
const mostPairsOfOne = 50

/**
 * Candidates of each person $1, found in the database alone: born on the same day, with a word of their names in common that
 * no more than a few others have with that birth date, and no different number. A decision that there is stays.
 */
const candidates = `
  with written as (
    select p.person, p.nhs, p.birth_date, array_remove(string_to_array(btrim(p.search), ' '), '') as words from person_row p
    where p.person = any($1::text[]) and p.birth_date is not null and p.in_use and p.replaced_by is null),
  days as (select distinct birth_date from written),
  born as materialized (
    select o.person, o.birth_date, o.nhs, w.word from days d join person_row o on o.birth_date = d.birth_date
    cross join lateral (select distinct unnest(string_to_array(btrim(o.search), ' ')) as word) w
    where o.in_use and o.replaced_by is null and w.word <> ''),
  telling as materialized (
    select birth_date, word from born group by birth_date, word having count(*) between 2 and ${mostOfOneName}),
  near as (
    select p.person as of_one, o.person as of_other from written p
    cross join lateral (select distinct b.person, b.nhs from telling t join born b on b.birth_date = t.birth_date and b.word = t.word
      where t.birth_date = p.birth_date and t.word = any(p.words) and b.person <> p.person) o
    where p.nhs is null or o.nhs is null or p.nhs <> o.nhs),
  pairs as (select distinct least(of_one, of_other) as person, greatest(of_one, of_other) as other, of_one from near),
  capped as (
    select person, other, row_number() over (partition by of_one order by person, other) as place from pairs n
    where not exists (select 1 from possible_match m where m.person = n.person and m.other = n.other))
  select distinct c.person, c.other, a.content as one, b.content as two from capped c
  join resource a on a.rt = 'Patient' and a.id = c.person join resource b on b.rt = 'Patient' and b.id = c.other
  where c.place <= ${mostPairsOfOne}`

/**
 * Notes which of these people, whose records were just written, look like somebody else: a human decides. What nobody
 * decided about and does not look alike any more is forgotten. Returns with how many pairs that was not possible, because
 * a record cannot be read: they stay as they are, and stop nobody else.
 */
export async function noteAlike(
  sql: Sql,
  persons: readonly string[],
  { now, zone }: Clock,
): Promise<number> {
  if (persons.length === 0) return 0
  const compare = comparedOn(dayIn(zone, now))
  let unread = await forgetUnlike(sql, persons, compare)
  const { rows } = await sql.query<Pair>(candidates, [persons])
  const answers = rows.map((pair) => ({ ...pair, answer: compare(pair) }))
  unread += answers.filter(({ answer }) => answer === 'unread').length
  const alike = answers.filter(({ answer }) => answer === 'alike')
  if (alike.length === 0) return unread
  await sql.query(
    `insert into possible_match (person, other, at)
     select person, other, $2 from jsonb_to_recordset($1::jsonb) as n(person text, other text)
     on conflict (person, other) do nothing`,
    [JSON.stringify(alike.map(({ person, other }) => ({ person, other }))), now],
  )
  return unread
}

type Answer = 'alike' | 'unlike' | 'unread'

const comparedOn =
  (today: string) =>
  ({ one, two }: Pair): Answer => {
    const record = (content: unknown) => storedRecord<Patient>(content as Patient)
    try {
      const isAlike = mayBeOnePerson(compareRecords(record(one), record(two), today))
      return isAlike ? 'alike' : 'unlike'
    } catch {
      return 'unread'
    }
  }

/** Corrected since. */
async function forgetUnlike(
  sql: Sql,
  persons: readonly string[],
  compare: (pair: Pair) => Answer,
): Promise<number> {
  const { rows } = await sql.query<Pair>(
    `select m.person, m.other, a.content as one, b.content as two from possible_match m
     join resource a on a.rt = 'Patient' and a.id = m.person and a.content is not null
     join resource b on b.rt = 'Patient' and b.id = m.other and b.content is not null
     where m.decision is null and (m.person = any($1::text[]) or m.other = any($1::text[]))`,
    [persons],
  )
  const answers = rows.map((pair) => ({ ...pair, answer: compare(pair) }))
  const gone = answers.filter(({ answer }) => answer === 'unlike')
  if (gone.length > 0) await forgetPairs(sql, gone)
  return answers.filter(({ answer }) => answer === 'unread').length
}

/** Pairs that do not look alike any more. Found again if the correction is undone. */
async function forgetPairs(
  sql: Sql,
  gone: readonly Pick<Pair, 'person' | 'other'>[],
): Promise<void> {
  await sql.query(
    `delete from possible_match m using jsonb_to_recordset($1::jsonb) as n(person text, other text)
     where m.person = n.person and m.other = n.other and m.decision is null`,
    [JSON.stringify(gone.map(({ person, other }) => ({ person, other })))],
  )
}
