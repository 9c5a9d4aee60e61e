import { decideAlikeRequest } from '#domain/alike/decide-alike-request.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { seenOf, undecidedAlike } from '#server/store/roster/undecided-alike.ts'
import { type AlikeMatch, alikeMatchSql, decidedSeen } from './alike-match.ts'
import { joinBoth, mustJoinRecords, partBoth } from './join-records.ts'

/**
 * Decides about two records that look alike, or undoes that. One person: an administrator joins the records. Two people:
 * both stay, and nobody is asked about them again. Of two who decide at once the second is told.
 */
export const decideAlikeOperation: Operation = {
  name: 'decide-alike',
  on: 'system',
  changes: true,
  purpose:
    'Decides about two records that look alike (person, other): same (and which one to keep), different, or undo; seen: as $possible-duplicates said it',
  async run(call) {
    const { actor, context } = call
    if (actor.role !== 'admin' && actor.role !== 'nurse-case-manager')
      throw forbidden(
        'Only nurse case managers and administrators decide whether two records are one person',
      )
    const { decision, ...asked } = askedParameters(call, decideAlikeRequest)
    const decide = decisions[decision]
    if (!decide)
      throw new FhirProblem(400, 'value', 'The decision is `same`, `different` or `undo`')
    return await withinRecord(context, async (inside) => {
      const [person = '', other = ''] = [asked.person, asked.other].toSorted()
      const match = await matchOf(call, inside, { person, other })
      await decide(call, inside, { ...asked, ...match, person, other })
      const after = await matchOf(call, inside, { person, other })
      const seen = after.decision === null ? '' : decidedSeen(after)
      return decideAlikeRequest.write({ ...asked, decision, seen })
    })
  },
}

type Asked = AlikeMatch & Readonly<{ person: string; other: string; keep?: string; seen: string }>
type Decide = (call: OperationCall, inside: RequestContext, asked: Asked) => Promise<void>

const decisions: Readonly<Record<string, Decide>> = {
  async same(call, inside, asked) {
    mustJoinRecords(call.actor)
    await mustBeAsSeen(inside, asked)
    const { keep, person, other } = asked
    if (keep !== person && keep !== other)
      throw new FhirProblem(400, 'required', 'Name the record that is used from now on (keep)')
    const join = keep === person ? other : person
    await joinBoth(inside, { keep, join }, { way: '$decide-alike' })
  },
  async different(_call, inside, asked) {
    await mustBeAsSeen(inside, asked)
    await keepDecision(inside, asked, 'different')
  },
  async undo(call, inside, asked) {
    if (asked.decision === null)
      throw new FhirProblem(
        409,
        'conflict',
        'Nothing was decided about these records, or it was undone',
      )
    if (asked.seen !== decidedSeen(asked)) throw changedSince(asked)
    if (asked.decision === 'same') {
      mustJoinRecords(call.actor)
      await partBoth(inside, await joinedOf(inside, asked), { way: '$decide-alike' })
    }
    await keepDecision(inside, asked, null)
  },
}

type Pair = Readonly<{ person: string; other: string }>

/** Locked until the end. Whoever may not open both records is told what somebody is told about whom nothing is known. */
async function matchOf(
  { scope, now }: OperationCall,
  { service }: RequestContext,
  pair: Pair,
): Promise<AlikeMatch> {
  const params = new Params()
  const { rows } = await service.sql.query<AlikeMatch>(
    `select ${alikeMatchSql} from possible_match m
       join person_row p on p.person = m.person join person_row o on o.person = m.other
     where m.person = ${params.add(pair.person, 'text')} and m.other = ${params.add(pair.other, 'text')}
       and ${personRowScopeSql(scope, 'p', params, now)} and ${personRowScopeSql(scope, 'o', params, now)} for update of m`,
    params.values,
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

async function mustBeAsSeen({ service, now, zone }: RequestContext, asked: Asked): Promise<void> {
  if (asked.decision !== null) throw changedSince(asked)
  const { person, other, seen } = asked
  const where = 'm.person = $1 and m.other = $2'
  const [pair] = await undecidedAlike(service.sql, {
    ...{ where, values: [person, other], today: dayIn(zone, now) },
  })
  if (!pair || seenOf(pair.sides) !== seen)
    throw new FhirProblem(
      412,
      'conflict',
      'One of these records was changed since you looked. Look at both again',
    )
}

function changedSince({ decision, by }: AlikeMatch): FhirProblem {
  const what = decision === 'same' ? 'they are one person' : 'they are two people'
  return new FhirProblem(409, 'conflict', `${by ?? 'Somebody'} decided meanwhile: ${what}`)
}

/** Which of the two was kept. */
async function joinedOf({ service }: RequestContext, { person, other }: Pair) {
  const { rows } = await service.sql.query<{ person: string; replaced_by: string }>(
    'select person, replaced_by from person_row where person = any($1::text[]) and replaced_by = any($1::text[])',
    [[person, other]],
  )
  const [row] = rows
  if (!row)
    throw new FhirProblem(409, 'conflict', 'These records are not joined to each other any more')
  return { keep: row.replaced_by, join: row.person }
}

async function keepDecision(
  inside: RequestContext,
  { person, other }: Pair,
  decision: 'different' | null,
): Promise<void> {
  const { service, actor, now } = inside
  await service.sql.query(
    `update possible_match set decision = $3, decided_by = $4, decided_at = $5 where person = $1 and other = $2`,
    [person, other, decision, decision && actor.name, decision && now],
  )
  const both = new Map([person, other].map((id) => [id, [`Patient/${id}`]]))
  await note(inside, both, { act: 'U', way: '$decide-alike' })
}
