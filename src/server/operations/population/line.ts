import type { PersonBelow } from '#domain/population/population-parameters.ts'
import { topPlaces } from '#domain/population/pyramid.ts'
import { Params } from '#server/store/params.ts'
import { chanceBeforeSql } from '#server/store/summary/chance-before-sql.ts'
import { byChanceSql, byPlaceSql, type Counted, comparedSql, peopleSql } from './people-sql.ts'

/** What follows from the line: who is above it, by cell and by group, and what they will need. */
export type Line = Readonly<{
  selected: number
  /** the sum of their chances, in 100 */
  chances: number
  cells: readonly Readonly<{ column: number; things: number; people: number }>[]
  groups: readonly Readonly<{ by: string; group: string; people: number }>[]
}>

type Row = Readonly<{
  facet: string
  one: string | null
  two: string | null
  a: number
  b: number
  people: number
}>

type Asked = Readonly<{ now: Date; today: string; total: number; places: number }>

/** Everybody in the top twentieth without a coordinator, in the order of free places. */
export function orderedSql(counted: Counted, params: Params, { now, today, total }: Asked): string {
  const top = params.add(topPlaces(total), 'integer')
  return `select q.*, row_number() over (order by ${byPlaceSql}) as place from (
      select * from (${peopleSql(counted, params, now, today)}) p where chance is not null and not is_left_out
      order by ${byChanceSql} limit ${top}) q where kind = 'free'`
}

export async function lineAt(counted: Counted, asked: Asked): Promise<Line> {
  const params = new Params()
  const ordered = orderedSql(counted, params, asked)
  const { rows } = await counted.sql.query<Row>(
    `with above as materialized (select * from (${ordered}) o where place <= ${params.add(asked.places, 'integer')})
     select 'all' as facet, null as one, null as two, coalesce(sum(chance), 0)::int as a, 0 as b, count(*)::int as people from above
     union all select 'cell', null, null, chance_column, things, count(*)::int from above group by chance_column, things
     union all select 'group', compared_by, compared_group, 0, 0, count(*)::int from above ${comparedSql}
       group by compared_by, compared_group`,
    params.values,
  )
  const all = rows.find(({ facet }) => facet === 'all')
  return {
    ...{ selected: all?.people ?? 0, chances: all?.a ?? 0 },
    cells: rows
      .filter(({ facet }) => facet === 'cell')
      .map(({ a, b, people }) => ({ column: a, things: b, people })),
    groups: rows
      .filter(({ facet }) => facet === 'group')
      .map(({ one, two, people }) => ({ by: one ?? '', group: two ?? '', people })),
  }
}

/** People around the line: the first of all, those just below it, and how many more are as near as the first of these. */
export type AroundLine = Readonly<{
  first: Around | undefined
  below: readonly Around[]
  also: number
}>
export type Around = Omit<PersonBelow, 'pseudonym' | 'place'> &
  Readonly<{ id: string; place: number; column: number; things: number }>

const shownBelow = 3

export async function aroundLine(counted: Counted, asked: Asked): Promise<AroundLine> {
  const params = new Params()
  const ordered = orderedSql(counted, params, asked)
  const places = params.add(asked.places, 'integer')
  const { rows } = await counted.sql.query<Record<string, unknown>>(
    `with o as materialized (${ordered}),
     edge as (select chance_column as edge_column, things as edge_things, chance as edge_chance from o where place = ${places} + 1),
     near as (select count(*)::int as people from o, edge
       where place > ${places} and chance_column = edge_column and things = edge_things and chance = edge_chance)
     select o.place::int as place, o.chance_column as col, o.things, near.people as near, r.person as id, r.family, r.given, r.title,
       r.birth_date as "birthDate", r.chance, ${chanceBeforeSql('r')} as "chanceBefore", r.changeable
     from o join person_row r on r.person = o.person, near
     where place = 1 or (place > ${places} and place <= ${places} + ${shownBelow}) order by place`,
    params.values,
  )
  const people = rows.map(aroundIn)
  const below = people.filter(({ place }) => place > asked.places)
  const near = Number(rows[0]?.['near'] ?? 0)
  return { first: people.find(({ place }) => place === 1), below, also: near - sameCell(below) }
}

function aroundIn(row: Record<string, unknown>): Around {
  const { near: _, col, things, changeable, ...rest } = row
  const told = Object.entries(rest).filter(([, value]) => value !== null)
  return {
    ...(Object.fromEntries(told) as Omit<Around, 'column' | 'things' | 'changeable'>),
    ...{ column: Number(col), things: Number(things) },
    changeable: Array.isArray(changeable) ? changeable : [],
  }
}

/** How many of those shown are as near as the first of them. */
function sameCell(below: readonly Around[]): number {
  const [first] = below
  return below.filter(
    (each) =>
      each.column === first?.column && each.things === first.things && each.chance === first.chance,
  ).length
}
