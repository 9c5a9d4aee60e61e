import type { Patient } from '@medplum/fhirtypes'
import { compareRecords, mayBeOnePerson } from '#domain/alike/alike.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Pair = Readonly<{ person: string; other: string; one: unknown; two: unknown }>

/**
 * Notes which of these people, whose records were just written, look like somebody else: a human decides. Candidates are
 * born on the same day, share a word of their names, and have no number in common; a decision that there is stays.
 */
export async function noteAlike(
  sql: Sql,
  persons: readonly string[],
  { now, zone }: Clock,
): Promise<void> {
  if (persons.length === 0) return
  const { rows } = await sql.query<Pair>(
    `select least(p.person, o.person) as person, greatest(p.person, o.person) as other, a.content as one, b.content as two
     from person_row p join person_row o on o.birth_date = p.birth_date and o.person <> p.person
     join resource a on a.rt = 'Patient' and a.id = p.person join resource b on b.rt = 'Patient' and b.id = o.person
     where p.person = any($1::text[]) and p.in_use and o.in_use and p.replaced_by is null and o.replaced_by is null
       and (p.nhs is null or o.nhs is null or p.nhs <> o.nhs)
       and string_to_array(btrim(p.search), ' ') && string_to_array(btrim(o.search), ' ')
       and not exists (select 1 from possible_match m
         where m.person = least(p.person, o.person) and m.other = greatest(p.person, o.person))`,
    [persons],
  )
  const today = dayIn(zone, now)
  const alike = rows.filter(({ one, two }) =>
    mayBeOnePerson(
      compareRecords(
        storedRecord<Patient>(one as Patient),
        storedRecord<Patient>(two as Patient),
        today,
      ),
    ),
  )
  if (alike.length === 0) return
  await sql.query(
    `insert into possible_match (person, other, at)
     select person, other, $2 from jsonb_to_recordset($1::jsonb) as n(person text, other text)
     on conflict (person, other) do nothing`,
    [JSON.stringify(alike.map(({ person, other }) => ({ person, other }))), now],
  )
}
