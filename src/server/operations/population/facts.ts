import type { AlikeThen } from '#domain/population/foreseen.ts'
import type { TwoYears } from '#domain/population/still-high.ts'
import { Params } from '#server/store/params.ts'
import { byChanceSql, type Counted, comparedSql, peopleSql } from './people-sql.ts'

type Row = Readonly<{
  facet: string
  one: string | null
  two: string | null
  a: number | null
  b: number | null
  c: number | null
  d: number | null
  people: number
}>

/** Everything that is counted whatever the line. */
export type PopulationFacts = Readonly<{
  total: number
  placed: number
  years: readonly TwoYears[]
  alike: readonly AlikeThen[]
  bands: readonly Readonly<{
    band: string
    kind: string
    people: number
    stayed: number
    frail: number
  }>[]
  segments: readonly Readonly<{ segment: string; people: number }>[]
  cells: readonly Readonly<{ column: number; things: number; people: number }>[]
  eligible: readonly Readonly<{ by: string; group: string; people: number; unseen: number }>[]
  missing: Readonly<Record<string, number>>
  /** whose cost of the last twelve whole months is known, in a hundred parts of each currency, the dearest first */
  costs: readonly Readonly<{ currency: string; amount: number; people: number }>[]
}>

/** Counts the population in one statement. */
export async function populationFacts(
  counted: Counted,
  { now, today }: Readonly<{ now: Date; today: string }>,
): Promise<PopulationFacts> {
  const params = new Params()
  const { rows } = await counted.sql.query<Row>(
    `with everybody as materialized (${peopleSql(counted, params, now, today)}),
     p as not materialized (select * from everybody where not is_left_out),
     n as (select count(*) as people from p),
     t as materialized (select q.*, case when place <= round(0.005 * n.people) then 'very-high'
         when place <= round(0.05 * n.people) then 'high' when place <= round(0.2 * n.people) then 'rising' else 'rest' end as part
       from (select p.*, row_number() over (order by ${byChanceSql}) as place from p where chance is not null) q, n),
     top as materialized (select * from t where part in ('very-high', 'high'))
     ${facets.join('\n     union all ')}`,
    params.values,
  )
  return factsIn(rows)
}

const noText = 'null::text'
const no = 'null::int'
const people = 'count(*)::int'
const facet = (name: string, columns: readonly string[], from: string) =>
  `select '${name}' as facet, ${columns.join(', ')} from ${from}`
const missing = (kind: string, from: string) =>
  facet('missing', [`'${kind}'`, noText, no, no, no, no, people], from)

const facets: readonly string[] = [
  facet(
    'total',
    [`${noText} as one`, `${noText} as two`, `count(chance)::int as a`, `${no} as b`].concat([
      `${no} as c`,
      `${no} as d`,
      `${people} as people`,
    ]),
    'p',
  ),
  facet(
    'years',
    [noText, noText, 'bed_days_before', 'stays_before', 'bed_days', 'stays', people],
    'p group by bed_days_before, stays_before, bed_days, stays',
  ),
  facet(
    'alike',
    ['likeness_before', noText, 'half', 'count(*) filter (where stays > 0)::int'].concat([
      'sum(bed_days)::int',
      no,
      people,
    ]),
    'p group by likeness_before, half',
  ),
  facet(
    'band',
    ['part', 'kind', 'count(*) filter (where stays > 0)::int'].concat([
      `count(*) filter (where band in ('moderate', 'severe'))::int`,
      ...[no, no, people],
    ]),
    't group by part, kind',
  ),
  facet('segment', ['segment', noText, no, no, no, no, people], 'top group by segment'),
  facet(
    'cell',
    [noText, noText, 'chance_column', 'things', no, no, people],
    `top where kind = 'free' group by chance_column, things`,
  ),
  facet(
    'eligible',
    ['compared_by', 'compared_group', 'count(*) filter (where not seen_this_year)::int'].concat([
      ...[no, no, no, people],
    ]),
    `top ${comparedSql} where kind = 'free' group by compared_by, compared_group`,
  ),
  // currencies stand apart, and are never added
  facet(
    'cost',
    ['cost_currency', 'sum(cost)::text', 'part', no, no, no, people],
    `(select cost, cost_currency, ((row_number() over same - 1) * 100 / count(*) over (partition by cost_currency))::int as part
      from p where cost is not null and cost_currency is not null
      window same as (partition by cost_currency order by cost desc, person)) paid group by cost_currency, part`,
  ),
  missing('no-contact', 'p where not seen'),
  missing('nothing-coded', 'p where chance is null and not coded'),
  missing('no-chance', 'p where chance is null and coded'),
  missing('said-no', `p where kind = 'said-no'`),
  missing('left-out', 'everybody where is_left_out'),
  missing('not-reached', `top where kind = 'free' and not seen_this_year`),
]

function factsIn(rows: readonly Row[]): PopulationFacts {
  const of = (name: string) => rows.filter((row) => row.facet === name)
  const [total] = of('total')
  return {
    total: total?.people ?? 0,
    placed: total?.a ?? 0,
    years: of('years').map((row) => ({
      ...{ nightsBefore: row.a ?? 0, staysBefore: row.b ?? 0 },
      ...{ nights: row.c ?? 0, stays: row.d ?? 0, people: row.people },
    })),
    alike: of('alike').map((row) => ({
      ...{ likeness: row.one, half: row.a ?? 0, people: row.people },
      ...{ stayed: row.b ?? 0, nights: row.c ?? 0 },
    })),
    bands: of('band').map((row) => ({
      ...{ band: row.one ?? '', kind: row.two ?? '', people: row.people },
      ...{ stayed: row.a ?? 0, frail: row.b ?? 0 },
    })),
    segments: of('segment').map((row) => ({ segment: row.one ?? '', people: row.people })),
    cells: of('cell').map((row) => ({
      ...{ column: row.a ?? 0, things: row.b ?? 0, people: row.people },
    })),
    eligible: of('eligible').map((row) => ({
      ...{ by: row.one ?? '', group: row.two ?? '', people: row.people, unseen: row.a ?? 0 },
    })),
    costs: of('cost')
      .toSorted((one, other) => (one.a ?? 0) - (other.a ?? 0))
      .map(({ one, two, people }) => ({ currency: one ?? '', amount: Number(two) / 100, people })),
    missing: Object.fromEntries(of('missing').map((row) => [row.one ?? '', row.people])),
  }
}
