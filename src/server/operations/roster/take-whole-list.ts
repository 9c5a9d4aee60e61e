import {
  type WholeList,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'
import { rosterRowsIn } from '#domain/roster/roster-row.ts'
import {
  isTooMany,
  oldestList,
  type WholeListFault,
  wholeListFault,
} from '#domain/roster/whole-list.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { noteLeftOn } from '#server/store/roster/note-left-on.ts'
import { addToRoster } from '#server/store/roster/note-registrations.ts'
import { keptRecordSql } from '#server/store/roster/roster-sql.ts'
import { mustBeShort } from '#server/validation/short-words.ts'
import { type ComparedList, compareWholeList } from './compare-whole-list.ts'
import { countAnew, lockRoster, mustDecideFor, noteOnRoster } from './may-decide-list.ts'
import { reasonNeeded } from './undo-whole-list.ts'

/**
 * Takes a list as the whole registered list of a practice: whoever is not on it left on its day. Nothing is deleted, no
 * record and no access changes. Without `confirm` it only says who would leave; whoever is named finds that in their
 * log.
 */
export const takeWholeListOperation: Operation = {
  name: 'take-whole-list',
  on: 'system',
  changes: true,
  purpose:
    'Takes the rows of a list, after they were imported, as the whole registered list of a practice; says first who would leave',
  async run(call) {
    const asked = askedParameters(call, wholeListRequest, { longest: Number.POSITIVE_INFINITY })
    mustDecideFor(call.actor, asked.organisation)
    const answer = await withinRecord(call.context, async (inside) => {
      await lockRoster(inside, asked.organisation)
      const found = await compareWholeList(
        inside,
        { ...asked, today: call.today, rows: rosterRowsIn(asked.rows) },
        call,
      )
      const fault = await faultOf(call, inside, { asked, found })
      if (fault) throw refusal(fault, { ...found, count: asked.count })
      const list = asked.confirm === undefined ? '' : await take(call, inside, { asked, found })
      return await answered(inside, list, found)
    })
    if (asked.confirm !== undefined) await countAnew(call.context)
    return answer
  },
}

const mostNamed = 50

async function answered(inside: RequestContext, list: string, found: ComparedList) {
  const { leaving, joining, refused, knownSince: _since, ...counts } = found
  const people: WholeList['people'] = leaving.slice(0, mostNamed)
  await noteOnRoster(
    inside,
    people.map(({ id }) => id),
    { act: 'R', way: '$take-whole-list' },
  )
  return wholeListAnswer.write({
    ...{ taken: list !== '', list, ...counts, people },
    ...{ leaving: leaving.length, joining: joining.length },
    ...{ refused: refused.length, refusedRows: refused.slice(0, mostNamed) },
    tooMany: isTooMany(leaving.length, found.onRoster),
  })
}

type Asked = ReturnType<typeof wholeListRequest.read>
type Compared = Readonly<{ asked: Asked; found: ComparedList }>

async function faultOf(call: OperationCall, inside: RequestContext, { asked, found }: Compared) {
  const { date, count, confirm, reason, organisation } = asked
  const { missing, refused, knownSince, leaving, onRoster } = found
  return wholeListFault({
    ...{ date, today: call.today, count, rows: found.onList, confirm, reason },
    ...{ missing, refused: refused.length, knownSince, leaving: leaving.length, onRoster },
    latest: await latestList(inside, organisation),
  })
}

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
  { asked, found }: Compared,
): Promise<string> {
  const { organisation, date: onDay, reason } = asked
  const { joining, leaving } = found
  const records = await recordsOn(
    inside,
    asked,
    leaving.map(({ id }) => id),
  )
  const list = crypto.randomUUID()
  const { sql } = inside.service
  await sql.query(
    `insert into registration_list (id, organisation, on_day, people, joined, gone, reason, taken_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[list, organisation, onDay, found.onList, joining.length, leaving.length],
      ...[mustBeShort(reason) || null, actor.name, now],
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
    ...records.map((person) => ({
      ...at,
      ...{ person, kind: 'left' as const, why: 'not-on-list' as const },
    })),
  ]
  if (events.length > 0) await addToRoster(sql, events, { source: 'list', at: now, list })
  const changed = [...new Set([...joining, ...leaving.map(({ id }) => id), ...records])]
  await noteLeftOn(sql, changed)
  await noteOnRoster(inside, changed, { act: 'U', way: '$take-whole-list' })
  return list
}

/** Each record of these people that is on the list: whoever has several leaves with all of them. */
async function recordsOn(
  { service }: RequestContext,
  { organisation, date }: Asked,
  people: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ person: string }>(
    `select person from (
       select distinct on (g.person) g.person, g.kind from person_row o ${keptRecordSql('o', 'k')}
         join registration g on g.person = o.person
       where k.person = any($1::text[]) and (o.person = any($1::text[]) or o.replaced_by is not null)
         and g.organisation = $2 and g.on_day <= $3 and g.taken_back is null
       order by g.person, g.on_day desc, g.seq desc) l where l.kind = 'joined'`,
    [people, organisation, date],
  )
  return rows.map(({ person }) => person)
}

type Counts = Pick<ComparedList, 'onList' | 'missing' | 'refused' | 'knownSince'> &
  Readonly<{ count: number }>

function refusal(fault: WholeListFault, counts: Counts): FhirProblem {
  if (fault === 'reason-needed') return reasonNeeded()
  const { onList, missing, refused, knownSince, count } = counts
  const words: Readonly<Record<Exclude<WholeListFault, 'reason-needed'>, string>> = {
    'date-ahead': 'Say of which day this list is; it cannot be in the future',
    empty: 'The list is empty: nobody was marked as left',
    'count-differs': `The list has ${onList} rows, and its system says ${count} people: it may have been cut. Nobody was marked as left`,
    'later-list': 'A later list of this practice was taken already. Nobody was marked as left',
    'too-old': `The list is more than ${oldestList} days old, and would change months that are past: get a new one. Nobody was marked as left`,
    'known-since': `Something later than this list is known about ${knownSince} of those who would leave or join: get a list of today. Nobody was marked as left`,
    'rows-refused': `${refused.length} rows of the list have the number of somebody with another name and birth date, or are about somebody who has a row already (the first is row ${refused[0] ?? 0}): correct them first. Nobody was marked as left`,
    'rows-missing': `${missing} rows of the list are not here: import them first, so that nobody leaves by mistake. Nobody was marked as left`,
    'changed-since': 'Something changed since you looked: look again at who would leave',
  }
  return conflicts.includes(fault)
    ? new FhirProblem(409, 'conflict', words[fault])
    : new FhirProblem(422, 'business-rule', words[fault])
}

const conflicts: readonly WholeListFault[] = [
  'changed-since',
  'later-list',
  'too-old',
  'known-since',
]
