import { undoListAnswer, undoListRequest } from '#domain/roster/roster-parameters.ts'
import { shortestReason } from '#domain/roster/whole-list.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { noteRegistrationsSince } from '#server/store/roster/note-registrations.ts'
import { countAnew, lockRoster, mustDecideFor, noteOnRoster } from './may-decide-list.ts'

/**
 * Undoes the latest list of a practice if it was wrong: nobody left or joined by it. What the records of these people
 * have said since is then worked out again, each on its own day.
 */
export const undoWholeListOperation: Operation = {
  name: 'undo-whole-list',
  on: 'system',
  changes: true,
  purpose:
    'Takes back that a list, the latest of its practice, was the whole list: whoever left by it did not leave',
  async run(call) {
    const { actor, now } = call
    const { list, reason } = askedParameters(call, undoListRequest)
    const found = await listOf(call.context, list)
    mustDecideFor(actor, found?.organisation ?? '')
    if (list === '') throw new FhirProblem(400, 'required', 'Name the list (list)')
    if (!found) throw new FhirProblem(404, 'not-found', 'There is no such list')
    if (reason.trim().length < shortestReason) throw reasonNeeded()
    const { organisation, at } = found
    const answer = await withinRecord(call.context, async (inside) => {
      await lockRoster(inside, organisation)
      await mustBeLatest(inside, list)
      const people = await takeBack(inside, { list, reason, by: actor.name, at: now })
      const { zone, service } = inside
      const since = { persons: people, organisation, since: new Date(at) }
      await noteRegistrationsSince(service.sql, since, { now, zone })
      await noteOnRoster(inside, people, { act: 'U', way: '$undo-whole-list' })
      return undoListAnswer.write({ list, people: people.length })
    })
    await countAnew(call.context)
    return answer
  },
}

export const reasonNeeded = (): FhirProblem =>
  new FhirProblem(422, 'business-rule', `Give a reason of at least ${shortestReason} letters`)

type TakenList = Readonly<{ organisation: string; at: Date | string }>

async function listOf({ service }: RequestContext, list: string): Promise<TakenList | undefined> {
  const { rows } = await service.sql.query<TakenList>(
    'select organisation, at from registration_list where id = $1',
    [list],
  )
  return rows[0]
}

/** A later list was compared with this one: without it, it would say something else. */
async function mustBeLatest({ service }: RequestContext, list: string): Promise<void> {
  const { rows } = await service.sql.query<{ undone: boolean; followed: boolean }>(
    `select undone_at is not null as undone, exists (select 1 from registration_list n
       where n.organisation = l.organisation and n.undone_at is null and (n.on_day, n.at, n.id) > (l.on_day, l.at, l.id)) as followed
     from registration_list l where id = $1`,
    [list],
  )
  if (rows[0]?.undone) throw new FhirProblem(409, 'conflict', 'This list was taken back already')
  if (rows[0]?.followed)
    throw new FhirProblem(
      409,
      'conflict',
      'A later list was taken since, and was compared with this one: take that one back first',
    )
}

type Undone = Readonly<{ list: string; reason: string; by: string; at: Date }>

async function takeBack(
  { service }: RequestContext,
  { list, reason, by, at }: Undone,
): Promise<readonly string[]> {
  await service.sql.query(
    'update registration_list set undone_at = $2, undone_by = $3, undone_why = $4 where id = $1',
    [list, at, by, reason.trim()],
  )
  const { rows } = await service.sql.query<{ person: string }>(
    'update registration set taken_back = $2 where list = $1 and taken_back is null returning person',
    [list, at],
  )
  return [...new Set(rows.map(({ person }) => person))]
}
