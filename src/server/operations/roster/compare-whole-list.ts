import type { Patient } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import type { WholeList } from '#domain/roster/roster-parameters.ts'
import { isPersonOfRow, type RosterRow } from '#domain/roster/roster-row.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { keptRecordSql, onRosterSql, rosterEventsSql } from '#server/store/roster/roster-sql.ts'
import { undecidedAlike } from '#server/store/roster/undecided-alike.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Person = WholeList['people'][number]

export type ComparedList = Readonly<{
  onRoster: number
  onList: number
  missing: number
  /** rows that are not their person’s: their places in the list, from one */
  refused: readonly number[]
  elsewhere: number
  /** may be the person of a row: somebody has to decide, and until then they do not leave */
  undecided: number
  /** would leave or join, and something later is known about them */
  knownSince: number
  leaving: readonly Person[]
  joining: readonly string[]
}>

type Asked = Readonly<{
  organisation: string
  date: string
  today: string
  rows: readonly RosterRow[]
}>
type Within = Readonly<{ scope: Scope; now: Date }>

/**
 * A list beside the people whom the caller may see, and nobody else: a number that is on another record is as if it were
 * not here. Whoever may be the person of a row that nobody has decided about yet does not leave.
 */
export async function compareWholeList(
  context: RequestContext,
  asked: Asked,
  within: Within,
): Promise<ComparedList> {
  const { service } = context
  const { here, ...rows } = peopleOfRows(asked.rows, await hitsOf({ service }, asked.rows, within))
  const params = new Params()
  const { organisation, date } = asked
  const events = rosterEventsSql({ organisation, date, ...within, exactness: 'exact' }, params)
  const ids = params.add([...here], 'text[]')
  const maybe = params.add(await maybeHere(context, [...here]), 'text[]')
  const [home, day] = [params.add(organisation, 'text'), params.add(date, 'text')]
  const { rows: found } = await service.sql.query<Found>(
    `with event as materialized (${events}),
     here as (select unnest(${ids}) as person),
     maybe as (select unnest(${maybe}) as person),
     roster as materialized (${onRosterSql}),
     later as (select distinct on (k.person) k.person, g.kind from registration g join person_row o on o.person = g.person
       ${keptRecordSql('o', 'k')}
       where g.organisation = ${home} and g.taken_back is null and g.on_day > ${day} and g.on_day <= ${params.add(asked.today, 'text')} order by k.person, g.on_day desc, g.seq desc)
     select 'leaving' as kind, r.person, r.family, r.given, r.birth_date, l.kind as later from roster r
       left join later l on l.person = r.person
       where r.person not in (select person from here) and r.person not in (select person from maybe)
     union all select case when not p.deceased and exists (select 1 from relation k
           where k.person = h.person and k.kind = 'registered' and k.org = ${home})
         then 'joining' else 'elsewhere' end, h.person, null, null, null, l.kind
       from here h join person_row p on p.person = h.person left join later l on l.person = h.person
       where h.person not in (select person from roster)
     union all select case when r.person in (select person from maybe) and r.person not in (select person from here)
         then 'undecided' else 'roster' end, r.person, null, null, null, null from roster r
     order by 1, 3, 4, 2`,
    params.values,
  )
  const of = (kind: Found['kind']) => found.filter((each) => each.kind === kind)
  const leaving = of('leaving')
  // whoever joined later is on the list now: nothing is said about the days before
  const joining = of('joining').filter(({ later }) => later !== 'joined')
  return {
    ...rows,
    ...{ onRoster: of('roster').length + of('undecided').length, onList: asked.rows.length },
    undecided: of('undecided').length,
    ...{ elsewhere: of('elsewhere').length, joining: joining.map(({ person }) => person) },
    knownSince: [...leaving, ...joining].filter(({ later }) => later !== null).length,
    leaving: leaving.map(({ person, family, given, birth_date }) => ({
      ...{ id: person, family: family ?? '', given: given ?? '', birthDate: birth_date ?? '' },
    })),
  }
}

/** Who may be one of these people, as long as nobody has decided. */
async function maybeHere(
  { service, now, zone }: Pick<RequestContext, 'service' | 'now' | 'zone'>,
  here: readonly string[],
): Promise<readonly string[]> {
  const where = '(m.person = any($1::text[]) or m.other = any($1::text[]))'
  const pairs = await undecidedAlike(service.sql, {
    ...{ where, values: [here], today: dayIn(zone, now) },
  })
  return pairs.flatMap(({ sides }) => sides.map(({ patient }) => patient.id))
}

type Found = Readonly<{
  kind: 'leaving' | 'joining' | 'elsewhere' | 'roster' | 'undecided'
  person: string
  family: string | null
  given: string | null
  birth_date: string | null
  /** the last that is known of later days */
  later: 'joined' | 'left' | null
}>

type Hit = Readonly<{
  /** the place of the row, from one */
  at: number
  by: 'id' | 'number'
  /** the record that is used for that person */
  kept: string
  /** null: the birth date and the family name are the same */
  content: unknown
}>

async function hitsOf(
  { service }: Pick<RequestContext, 'service'>,
  rows: readonly RosterRow[],
  { scope, now }: Within,
): Promise<readonly Hit[]> {
  const params = new Params()
  const cells = (['id', 'nhs', 'birthDate', 'family'] as const).map((name) =>
    params.add(
      rows.map((row) => row[name]),
      'text[]',
    ),
  )
  const visible = personRowScopeSql(scope, 'p', params, now)
  const { rows: hits } = await service.sql.query<Hit>(
    `with line as (select * from unnest(${cells.join(', ')}) with ordinality as l(id, nhs, born, family, at)),
     hit as (
       select l.at, p.person, 'id' as by from line l join person_row p on p.person = l.id where ${visible}
       union all select l.at, p.person, 'number' from line l join person_row p on p.nhs = l.nhs and p.person <> l.id
         where l.nhs <> '' and (p.in_use or p.replaced_by is not null) and ${visible})
     select h.at::int as at, h.by, k.person as kept,
       case when l.born <> '' and l.born = o.birth_date and lower(l.family) = lower(o.family) then null else r.content end as content
     from hit h join line l on l.at = h.at join person_row o on o.person = h.person
       ${keptRecordSql('o', 'k')}
       join resource r on r.rt = 'Patient' and r.id = h.person order by h.at`,
    params.values,
  )
  return hits
}

/** A row counts for the person whom it names; one with somebody else’s number, and a second one of a person, do not. */
function peopleOfRows(rows: readonly RosterRow[], hits: readonly Hit[]) {
  const here = new Set<string>()
  const refused: number[] = []
  const byRow = Map.groupBy(hits, ({ at }) => at)
  for (const [index, row] of rows.entries()) {
    const found = byRow.get(index + 1) ?? []
    const isTheirs = found.every((hit) => isPersonOf(row, hit))
    const people = found.map(({ kept }) => kept)
    const isNew = found.length === 0 || people.some((each) => !here.has(each))
    if (isTheirs && isNew) for (const each of people) here.add(each)
    else refused.push(index + 1)
  }
  return { here, refused, missing: rows.length - byRow.size }
}

const isPersonOf = (row: RosterRow, { content, by }: Hit): boolean =>
  content === null || isPersonOfRow(row, storedRecord<Patient>(content as Patient), by)
