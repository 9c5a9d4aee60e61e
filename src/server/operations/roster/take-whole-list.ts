import type { Actor } from '#domain/access/actor.ts'
import {
  undoListAnswer,
  undoListRequest,
  type WholeList,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'
import {
  isTooMany,
  shortestReason,
  type WholeListFault,
  wholeListFault,
} from '#domain/roster/whole-list.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { Params } from '#server/store/params.ts'
import { addToRoster } from '#server/store/roster/note-registrations.ts'
import { onRosterSql, rosterEventsSql } from '#server/store/roster/roster-sql.ts'

/**
 * Takes a list as the whole registered list of a practice: whoever is not on it left on its day. Nothing is deleted, no
 * record and no access changes. Without `confirm` it only says who would leave.
 */
export const takeWholeListOperation: Operation = {
  name: 'take-whole-list',
  on: 'system',
  changes: true,
  purpose:
    'Takes the rows of a list, after they were imported, as the whole registered list of a practice; says first who would leave',
  async run(call) {
    const asked = askedParameters(call, wholeListRequest)
    mustDecideFor(call.actor, asked.organisation)
    return await withinRecord(call.context, async (inside) => {
      const found = await compare(inside, asked)
      const { leaving, joining, ...counts } = found
      const fault = wholeListFault({
        ...{ date: asked.date, today: call.today, count: asked.count, rows: counts.onList },
        ...{ latest: await latestList(inside, asked.organisation), missing: counts.missing },
        ...{ leaving: leaving.length, onRoster: counts.onRoster },
        ...{ confirm: asked.confirm, reason: asked.reason },
      })
      if (fault) throw refused(fault, { ...counts, count: asked.count })
      const list = asked.confirm === undefined ? '' : await take(call, inside, { asked, found })
      return wholeListAnswer.write({
        ...{
          taken: list !== '',
          list,
          ...counts,
          leaving: leaving.length,
          joining: joining.length,
        },
        tooMany: isTooMany(leaving.length, counts.onRoster),
        people: leaving.slice(0, mostNamed),
      })
    })
  },
}

const mostNamed = 50

/** Undoes a list that was wrong: nobody left or joined by it. What came from records since stays. */
export const undoWholeListOperation: Operation = {
  name: 'undo-whole-list',
  on: 'system',
  changes: true,
  purpose:
    'Takes back that a list was the whole list of a practice: whoever left by it did not leave',
  async run(call) {
    const { list, reason } = askedParameters(call, undoListRequest)
    const { sql } = call.context.service
    const { rows } = await sql.query<{ organisation: string; undone: boolean }>(
      'select organisation, undone_at is not null as undone from registration_list where id = $1',
      [list],
    )
    const [found] = rows
    mustDecideFor(call.actor, found?.organisation ?? '')
    if (list === '') throw new FhirProblem(400, 'required', 'Name the list (list)')
    if (!found) throw new FhirProblem(404, 'not-found', 'There is no such list')
    if (found.undone) throw new FhirProblem(409, 'conflict', 'This list was taken back already')
    if (reason.trim().length < shortestReason) throw refused('reason-needed', nothing)
    return await withinRecord(call.context, async (inside) => {
      const people = await takeBack(inside, { list, reason, by: call.actor.name, at: call.now })
      await noteChanged(inside, people, '$undo-whole-list')
      return undoListAnswer.write({ list, people: people.length })
    })
  },
}

const nothing = { onRoster: 0, onList: 0, missing: 0, count: 0 }

async function takeBack(
  { service }: RequestContext,
  { list, reason, by, at }: Readonly<{ list: string; reason: string; by: string; at: Date }>,
): Promise<readonly string[]> {
  await service.sql.query(
    'update registration_list set undone_at = $2, undone_by = $3, undone_why = $4 where id = $1',
    [list, at, by, reason.trim()],
  )
  const { rows } = await service.sql.query<{ person: string }>(
    'update registration set taken_back = $2 where list = $1 and taken_back is null returning person',
    [list, at],
  )
  return rows.map(({ person }) => person)
}

/** Importers, for their own organisation; administrators for every one. */
function mustDecideFor({ role, organisation }: Actor, practice: string): void {
  const isOwn = role === 'nurse-case-manager' && organisation === practice
  if (role !== 'admin' && !isOwn)
    throw forbidden(
      'Only an administrator, or a nurse of this practice, can say that a list is whole',
    )
}

type Asked = ReturnType<typeof wholeListRequest.read>
type Person = WholeList['people'][number]
type Compared = Readonly<{
  onRoster: number
  onList: number
  missing: number
  elsewhere: number
  leaving: readonly Person[]
  joining: readonly string[]
}>

/**
 * Who is on the list and here, by the id of the row or an NHS number that passes its check. Whoever may be the person of
 * a row that nobody has decided about yet does not leave.
 */
async function compare({ service, now }: RequestContext, asked: Asked): Promise<Compared> {
  const rows = asked.rows.split('\n').filter((line) => line !== '')
  const keys = rows.map((line) => line.split(' '))
  const params = new Params()
  const scope = everyone
  const events = rosterEventsSql(
    { organisation: asked.organisation, date: asked.date, scope, exactness: 'exact', now },
    params,
  )
  const ids = params.add(
    keys.map(([id = '']) => id),
    'text[]',
  )
  const numbers = params.add(
    keys.map(([, number = '']) => number),
    'text[]',
  )
  const home = params.add(asked.organisation, 'text')
  const { rows: found } = await service.sql.query<Found>(
    `with event as materialized (${events}),
     line as (select * from unnest(${ids}, ${numbers}) with ordinality as l(id, nhs, at)),
     hit as (
       select l.at, p.person, p.replaced_by from line l join person_row p on p.person = l.id
       union select l.at, p.person, p.replaced_by from line l join person_row p on p.nhs = l.nhs and l.nhs <> ''),
     here as (select distinct coalesce(replaced_by, person) as person from hit),
     maybe as (select m.other as person from possible_match m join here h on h.person = m.person where m.decision is null
       union select m.person from possible_match m join here h on h.person = m.other where m.decision is null),
     roster as (${onRosterSql})
     select 'leaving' as kind, r.person, r.family, r.given, r.birth_date from roster r
       where r.person not in (select person from here) and r.person not in (select person from maybe)
     union all select case when exists (select 1 from relation k where k.person = h.person and k.kind = 'registered' and k.org = ${home})
         then 'joining' else 'elsewhere' end, h.person, null, null, null from here h where h.person not in (select person from roster)
     union all select 'roster', r.person, null, null, null from roster r
     union all select 'missing', l.id, null, null, null from line l where l.at not in (select at from hit)
     order by 1, 3, 4, 2`,
    params.values,
  )
  const of = (kind: Found['kind']) => found.filter((each) => each.kind === kind)
  return {
    ...{ onRoster: of('roster').length, onList: rows.length, missing: of('missing').length },
    ...{ elsewhere: of('elsewhere').length, joining: of('joining').map(({ person }) => person) },
    leaving: of('leaving').map(({ person, family, given, birth_date }) => ({
      ...{ id: person, family: family ?? '', given: given ?? '', birthDate: birth_date ?? '' },
    })),
  }
}

type Found = Readonly<{
  kind: 'leaving' | 'joining' | 'elsewhere' | 'roster' | 'missing'
  person: string
  family: string | null
  given: string | null
  birth_date: string | null
}>

async function latestList({ service }: RequestContext, organisation: string) {
  const { rows } = await service.sql.query<{ day: string | null }>(
    'select max(on_day) as day from registration_list where organisation = $1 and undone_at is null',
    [organisation],
  )
  return rows[0]?.day ?? undefined
}

async function take(
  { actor, now }: OperationCall,
  inside: RequestContext,
  { asked, found }: Readonly<{ asked: Asked; found: Compared }>,
): Promise<string> {
  const { organisation, date: onDay, reason } = asked
  const { leaving, joining } = found
  const list = crypto.randomUUID()
  const { sql } = inside.service
  await sql.query(
    `insert into registration_list (id, organisation, on_day, people, joined, gone, reason, taken_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[list, organisation, onDay, found.onList, joining.length, leaving.length],
      ...[reason.trim() || null, actor.name, now],
    ],
  )
  const at = { organisation, onDay }
  const events = [
    ...joining.map((person) => ({
      ...at,
      person,
      kind: 'joined' as const,
      why: 'on-list' as const,
    })),
    ...leaving.map(({ id }) => ({
      ...at,
      ...{ person: id, kind: 'left' as const, why: 'not-on-list' as const },
    })),
  ]
  if (events.length > 0) await addToRoster(sql, events, { source: 'list', at: now, list })
  await noteChanged(inside, [...joining, ...leaving.map(({ id }) => id)], '$take-whole-list')
  return list
}

async function noteChanged(inside: RequestContext, people: readonly string[], way: string) {
  if (people.length === 0) return
  const what = new Map(people.map((id) => [id, [`Patient/${id}`]]))
  await note(inside, what, { act: 'U', way })
}

type Counts = Readonly<{ onRoster: number; onList: number; missing: number; count: number }>

function refused(fault: WholeListFault, counts: Counts): FhirProblem {
  const { onList, missing, count } = counts
  const words: Readonly<Record<WholeListFault, string>> = {
    'date-ahead': 'Say of which day this list is; it cannot be in the future',
    empty: 'The list is empty: nobody was marked as left',
    'count-differs': `The list has ${onList} rows, and its system says ${count} people: it may have been cut. Nobody was marked as left`,
    'later-list': 'A later list of this practice was taken already. Nobody was marked as left',
    'rows-missing': `${missing} rows of the list are not here: import them first, so that nobody leaves by mistake. Nobody was marked as left`,
    'changed-since': 'Something changed since you looked: look again at who would leave',
    'reason-needed': `Give a reason of at least ${shortestReason} letters`,
  }
  const status = fault === 'changed-since' ? 409 : 422
  return new FhirProblem(
    status,
    fault === 'changed-since' ? 'conflict' : 'business-rule',
    words[fault],
  )
}
