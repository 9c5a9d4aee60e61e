import type { ReadingSql } from './sql.ts'

type Counting = Readonly<{ from: string; at: string; values: readonly unknown[] }>

export type CountByPerson = Readonly<{
  total: number
  /** how many of each person, unless there are so many people that it says nothing about anybody */
  people: ReadonlyMap<string, number>
}>

const mostPeople = 100

type Row = Readonly<{ total: number; people: Readonly<Record<string, number>> | null }>

/** How many rows `from … where …` finds, and of whom; `at`: what the table with the column `person` is called there. */
export async function countByPerson(
  sql: ReadingSql,
  { from, at, values }: Counting,
): Promise<CountByPerson> {
  const { rows } = await sql.query<Row>(
    `with each as (select ${at}.person, count(*)::int as many ${from} group by ${at}.person)
    select coalesce(sum(many), 0)::int as total, case when count(person) <= ${mostPeople}
      then json_object_agg(person, many) filter (where person is not null) end as people from each`,
    values,
  )
  const { total = 0, people } = rows[0] ?? {}
  return { total, people: new Map(Object.entries(people ?? {})) }
}
