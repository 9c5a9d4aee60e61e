import type { Library } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { instrumentNamed, outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import {
  scoreDirectionFromFhir,
  scoreDirectionId,
  scoreDirectionToFhir,
} from '#domain/outside-score/score-direction-fhir.ts'
import {
  directionFault,
  longestDirectionWords,
  type ScoreDirections,
  type StatedDirection,
  scoreDirectionRequest,
  scoreDirections,
} from '#domain/outside-score/stated-direction.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Which scores of others are here, which way each points, and who said so. */
export const scoreDirectionsOperation: Operation = {
  name: 'score-directions',
  on: 'system',
  changes: false,
  purpose:
    'The scores from elsewhere that are here, of how many people, whether a high or a low one asks for help first, and who said so; rounded to the nearest five, none below five, but for administrators; for staff, managers and administrators',
  async run(call) {
    const { actor } = call
    const isOther = (isStaff(actor) && actor.role !== 'program') || actor.role === 'manager'
    if (actor.role !== 'admin' && !isOther)
      throw forbidden('Only people who care for others, managers and administrators see this')
    return await shown(call, call.context.service.sql)
  },
}

/** Says which way a score points, or takes it back. What was said before stays in its history. */
export const scoreDirectionOperation: Operation = {
  name: 'score-direction',
  on: 'system',
  changes: true,
  purpose:
    'Says whether a high or a low score from elsewhere asks for help first, so that it can order lists: code, direction (high, low; unknown takes it back), words (why), version (the one that was seen, 0 for none); kept with who said it and when, every version; for administrators',
  async run(call) {
    const { actor, context } = call
    if (actor.role !== 'admin')
      throw forbidden('Only an administrator says which way a score points')
    const asked = askedParameters(call, scoreDirectionRequest)
    mustBeSound(asked)
    return await withinRecord(context, async (inside) => {
      const stored = await inside.service.store.read(
        'Library',
        scoreDirectionId(asked.code),
        everyone,
      )
      const before = stored?.resource as Library | undefined
      mustFollow(asked, before && scoreDirectionFromFhir(before))
      const resource = scoreDirectionToFhir(nextOf(asked, actor.name, context.now))
      const expect = stored ? { version: stored.version } : ('absent' as const)
      const request = { resource, expect }
      const written = await inside.service.store.write(request)
      const act = stored ? ('U' as const) : ('C' as const)
      await noteWritten(inside, [{ request, act, person: undefined, before, written }])
      return await shown(call, inside.service.sql)
    })
  },
}

type Asked = Readonly<{
  code: string
  direction: 'high' | 'low' | 'unknown'
  words: string
  version: number
}>

function mustFollow({ direction, version }: Asked, stands: StatedDirection | undefined): void {
  if ((stands?.version ?? 0) !== version)
    throw new FhirProblem(409, 'conflict', 'Somebody said something else meanwhile. Look again')
  if (direction === 'unknown' && !stands?.direction)
    throw refusal('Nobody has said which way this score points, so nothing can be taken back')
}

const nextOf = (
  { code, direction, words, version }: Asked,
  by: string,
  now: Date,
): StatedDirection => ({
  ...{ code, words: words.trim(), by, version: version + 1, at: now.toISOString() },
  ...(direction === 'unknown' ? {} : { direction }),
})

const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)

function mustBeSound(asked: Readonly<{ code: string; direction: string; words: string }>): void {
  if (!outsideOrder.test(`outside:${asked.code}`))
    throw new FhirProblem(400, 'value', 'The code of a score is of small letters, digits and -')
  const known = instrumentNamed(asked.code)
  if (known) throw refusal(`Which way ${known.name} points is published: ${known.source}`)
  const fault = directionFault(asked)
  if (fault === 'too-long') throw refusal(`Write ${longestDirectionWords} characters at most`)
  if (fault) throw refusal('Say why: where it says which end of this score asks for help first')
}

/** Which way an unknown score points here; undefined if nobody said so. */
export async function directionOf(
  sql: ReadingSql,
  code: string,
): Promise<StatedDirection['direction']> {
  return (await statedIn(sql)).find((each) => each.code === code)?.direction
}

async function statedIn(sql: ReadingSql): Promise<readonly StatedDirection[]> {
  const { rows } = await sql.query<{ content: Library | string }>(
    `select content from resource where rt = 'Library' and id like 'score-direction-%' and content is not null order by id`,
  )
  return rows.map(({ content }) => scoreDirectionFromFhir(storedRecord<Library>(content)))
}

async function shown({ actor }: OperationCall, sql: ReadingSql) {
  const stated = await statedIn(sql)
  const { rows } = await sql.query<{ code: string; people: number }>(
    `select o.code, count(*)::int as people from person_row p, jsonb_object_keys(p.outside) as o(code)
     where p.outside is not null and not coalesce('planning' = any(p.opted_out), false) group by o.code`,
  )
  const isAdmin = actor.role === 'admin'
  const count = shownCount(isAdmin ? 'exact' : 'rounded')
  const codes = [...new Set([...rows, ...stated].map(({ code }) => code))].toSorted()
  return scoreDirections.write({
    mayDecide: isAdmin,
    scores: codes.map((code): ScoreDirections['scores'][number] => {
      const people = count(rows.find((each) => each.code === code)?.people ?? 0)
      const known = instrumentNamed(code)
      if (known)
        return { code, people, direction: known.direction, published: known.source, version: 0 }
      const { code: _code, ...said } = stated.find((each) => each.code === code) ?? { version: 0 }
      return { code, people, ...said }
    }) as never,
  })
}
