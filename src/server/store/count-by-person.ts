import { nobodyInParticular } from './access/record-owner.ts'
import type { ReadingSql } from './sql.ts'

type Counting = Readonly<{ from: string; at: string; values: readonly unknown[] }>

export type CountByPerson = Readonly<{
  total: number
  /** how many rows for each person, unless there are so many people that it says nothing about anybody */
  people: ReadonlyMap<string, number>
}>

const mostPeople = 100

/** A large group shows in its first rows: it is not counted by person, which takes longer than counting rows. */
const firstRows = 1_000

type Row = Readonly<{ total: number; people: Readonly<Record<string, number>> | null }>

/** How many rows `from … where …` finds, and for whom; `at`: the name there of the table with the column `person`. */
export async function countByPerson(
  sql: ReadingSql,
  { from, at, values }: Counting,
): Promise<CountByPerson> {
  const { rows } = await sql.query<Row>(
    `with found as materialized (select ${at}.person ${from}),
      people as (select person, count(*)::int as many from found
        where person <> '${nobodyInParticular}' group by person)
    select (select count(*)::int from found) as total, case
      when (select count(distinct person collate "C") from (select person from found limit ${firstRows}) f) > ${mostPeople} then null
      when (select count(*) from people) > ${mostPeople} then null
      else (select json_object_agg(person, many) from people) end as people`,
    values,
  )
  const { total = 0, people } = rows[0] ?? {}
  return { total, people: new Map(Object.entries(people ?? {})) }
}
