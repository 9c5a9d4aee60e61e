import type { Parameters } from '@medplum/fhirtypes'
import { shownCount } from '#domain/population/shown-counts.ts'
import { type MonthCount, rosterMonths } from '#domain/roster/roster-months.ts'
import {
  peopleAPage,
  type Roster,
  rosterAnswer,
  rosterRequest,
} from '#domain/roster/roster-parameters.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { countedBy } from '#server/operations/population/people-sql.ts'
import { FhirProblem } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import {
  keptRecordSql,
  onRosterSql,
  type RosterAsked,
  rosterEventsSql,
} from '#server/store/roster/roster-sql.ts'
import { mayDecideList } from './may-decide-list.ts'

/**
 * Who was on the list of a practice on a day, of the people whom the caller may see, and who came and left, month by month.
 * A manager sees counts alone, rounded to fives.
 */
export const rosterOperation: Operation = {
  name: 'roster',
  on: 'type',
  type: 'Patient',
  changes: false,
  purpose:
    'Who was on the list of a practice (organisation) on a day (date), and who joined, left, moved and died, month by month',
  async run(call) {
    const { actor, today, now } = call
    const { scope, exactness } = countedBy(call)
    const { date = today, from, organisation } = requestOf(call)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date > today)
      throw new FhirProblem(400, 'value', 'Name a day up to today (date, YYYY-MM-DD)')
    const practices = await practicesOf(call, scope)
    const own = practices.find(({ id }) => id === actor.organisation)
    const asked = organisation ?? (own ?? practices[0])?.id ?? actor.organisation ?? ''
    const chosen: RosterAsked = { organisation: asked, date, scope, exactness, now }
    return await answered(call, chosen, { practices, from })
  },
}

/** As parameters of the address, or of the body. */
function requestOf(call: OperationCall) {
  const { organisation, date, from } = askedParameters(call, rosterRequest)
  const asked = (name: string) => call.query.get(name) ?? undefined
  const said = { organisation: organisation ?? asked('organisation'), date: date ?? asked('date') }
  return { ...said, from: Math.max(0, from) }
}

type Practices = Roster['practices']

async function answered(
  call: OperationCall,
  asked: RosterAsked,
  { practices, from }: Readonly<{ practices: Practices; from: number }>,
): Promise<Parameters> {
  const { exactness, date, organisation } = asked
  const shown = shownCount(exactness)
  const months = rosterMonths(await monthCounts(call, asked), date)
  const isExact = exactness === 'exact'
  const members = isExact ? await membersOn(call, asked, from) : []
  const moves = isExact ? await movesIn(call, asked) : []
  await noteNamed(call, [...members, ...moves])
  const saidNo = await sayNo(call, asked)
  return rosterAnswer.write({
    ...{ organisation, date, rounded: !isExact, practices, members: members.map(named) },
    name: practices.find(({ id }) => id === organisation)?.name ?? organisation,
    ...{ people: shown(months.at(-1)?.people ?? 0), saidNo: shown(saidNo) },
    months: months.map(({ month, ...rest }) => ({
      month,
      ...{ people: shown(rest.people), joined: shown(rest.joined), left: shown(rest.left) },
      ...{ moved: shown(rest.moved), died: shown(rest.died), saidNo: shown(rest.saidNo) },
    })),
    came: moves.filter(({ kind }) => kind === 'joined').map(named),
    gone: moves.filter(({ kind }) => kind === 'left').map(named),
    lists: await listsOf(call, asked),
  })
}

type Row = Readonly<{
  person: string
  kind: string
  family: string | null
  given: string | null
  birth_date: string | null
  on_day: string
  why: string
  words: string | null
}>

const named = (row: Row): Roster['members'][number] => ({
  ...{ id: row.person, family: row.family ?? '', given: row.given ?? '' },
  ...{ birthDate: row.birth_date ?? '', onDay: row.on_day, why: row.why, words: row.words ?? '' },
})

async function noteNamed({ context }: OperationCall, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const what = new Map(rows.map(({ person }) => [person, [`Patient/${person}`]]))
  await note(context, what, { act: 'R', way: '$roster' })
}

async function monthCounts(
  { context }: OperationCall,
  asked: RosterAsked,
): Promise<readonly MonthCount[]> {
  const params = new Params()
  const events = rosterEventsSql(asked, params)
  const day = params.add(asked.date, 'text')
  const { rows } = await context.service.sql.query<MonthCount>(
    `with event as materialized (${events}),
     no as (select l.person, min(substring(c.content->>'dateTime' from 1 for 7)) as month
       from (${onRosterSql}) l join resource c on c.person = l.person and c.rt = 'Consent' and c.content is not null
       where l.says_no and c.content->>'status' = 'active' and c.content->>'dateTime' <= ${day} || 'T24'
         and c.content->'category'->0->'coding'->0->>'code' like 'opt-out-%' group by l.person)
     select substring(on_day from 1 for 7) as month, kind, why, count(*)::int as people from event group by 1, 2, 3
     union all select month, 'said-no', '', count(*)::int from no group by 1`,
    params.values,
  )
  return rows
}

async function sayNo({ context }: OperationCall, asked: RosterAsked): Promise<number> {
  const params = new Params()
  const { rows } = await context.service.sql.query<{ people: number }>(
    `with event as materialized (${rosterEventsSql(asked, params)})
     select count(*)::int as people from (${onRosterSql}) l where l.says_no`,
    params.values,
  )
  return rows[0]?.people ?? 0
}

async function membersOn({ context }: OperationCall, asked: RosterAsked, from: number) {
  const params = new Params()
  const { rows } = await context.service.sql.query<Row>(
    `with event as materialized (${rosterEventsSql(asked, params)})
     select * from (${onRosterSql}) l order by l.family, l.given, l.person
     limit ${peopleAPage} offset ${params.add(from, 'integer')}`,
    params.values,
  )
  return rows
}

/** Who came and left in the month of that day, the latest first: the table has how many there are. */
async function movesIn({ context }: OperationCall, asked: RosterAsked) {
  const params = new Params()
  const { rows } = await context.service.sql.query<Row>(
    `with event as materialized (${rosterEventsSql(asked, params)})
     select * from event where substring(on_day from 1 for 7) = substring(${params.add(asked.date, 'text')} from 1 for 7)
     order by on_day desc, family, given, seq limit ${peopleAPage}`,
    params.values,
  )
  return rows
}

/** The practices whose lists the people are on whom the caller may see. */
async function practicesOf(
  { context, now }: OperationCall,
  scope: RosterAsked['scope'],
): Promise<Practices> {
  const params = new Params()
  const { rows } = await context.service.sql.query<{ id: string; name: string | null }>(
    `with known as (select distinct organisation from registration),
     mine as (select organisation as id from known k where exists (
       select 1 from registration g join person_row o on o.person = g.person ${keptRecordSql('o', 'p')}
       where g.organisation = k.organisation and g.taken_back is null and ${personRowScopeSql(scope, 'p', params, now)}))
     select m.id, o.content->>'name' as name from mine m
     left join resource o on o.rt = 'Organization' and o.id = m.id and o.content is not null order by name, m.id`,
    params.values,
  )
  return rows.map(({ id, name }) => ({ id, name: name ?? id }))
}

type ListRow = Readonly<{
  id: string
  on_day: string
  people: number
  joined: number
  gone: number
  reason: string | null
  taken_by: string
  undone_why: string | null
  undone: boolean
}>

/**
 * Whole lists are the practice’s own: its staff and administrators see them, its managers see counts in fives and none
 * of the words, and everybody else sees none.
 */
async function listsOf(
  { context, actor }: OperationCall,
  { organisation, exactness }: RosterAsked,
): Promise<Roster['lists']> {
  const isTheirs = actor.organisation === organisation && actor.role !== 'program'
  if (actor.role !== 'admin' && !isTheirs) return []
  const { rows } = await context.service.sql.query<ListRow>(
    `select id, on_day, people, joined, gone, reason, taken_by, undone_why, undone_at is not null as undone
     from registration_list where organisation = $1 order by on_day desc, at desc, id desc limit 12`,
    [organisation],
  )
  const shown = shownCount(exactness)
  const latest = rows.find(({ undone }) => !undone)?.id
  const mayUndo = mayDecideList(actor, organisation)
  return rows.map((row) => ({
    ...{ id: row.id, onDay: row.on_day, undone: row.undone },
    ...{ people: shown(row.people), joined: shown(row.joined), gone: shown(row.gone) },
    ...(exactness === 'exact' ? wordsOf(row) : { by: '', reason: '', undoneWhy: '' }),
    mayUndo: mayUndo && row.id === latest,
  }))
}

const wordsOf = (row: ListRow) => ({
  ...{ by: row.taken_by, reason: row.reason ?? '', undoneWhy: row.undone_why ?? '' },
})
