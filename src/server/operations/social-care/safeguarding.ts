import { isStaff } from '#domain/access/actor.ts'
import {
  type ShownConcern,
  safeguardingAnswer,
  safeguardingRequest,
  safeguardingState,
} from '#domain/social-care/safeguarding.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { type ReadableConcern, readableConcerns } from '#server/social-care/stored-concerns.ts'

/** The safeguarding concerns that the caller may read. Each reading is in the audit log, and shown with the concern. */
export const safeguardingOperation: Operation = {
  name: 'safeguarding',
  on: 'system',
  changes: false,
  alone: true,
  purpose:
    'Safeguarding concerns (of one patient, or of everybody) that the caller may read: the whole for social workers named in the care and for people named in the concern, what they said and its state for whoever raised it; never for a possible source of harm',
  async run(call) {
    const { context, actor } = call
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Safeguarding concerns are for the professionals of the enquiry alone')
    const { patient } = askedParameters(call, safeguardingRequest)
    const found = await readableConcerns(context, { person: patient })
    const concerns: ShownConcern[] = []
    for (const each of found) concerns.push(await shownOf(call, each))
    const what = Map.groupBy(found, ({ concern }) => concern.person)
    for (const [person, some] of what) {
      const names = some.map(({ concern }) => `Basic/${concern.id}`)
      await note(context, new Map([[person, names]]), { act: 'R', way: '$safeguarding' })
    }
    return safeguardingAnswer.write({ concerns })
  },
}

async function shownOf(call: OperationCall, found: ReadableConcern): Promise<ShownConcern> {
  const { concern, reads, family, given } = found
  const { person, written: _written, ...rest } = concern
  const isWhole = reads === 'whole'
  const shown = { ...rest, patient: person, family, given, state: safeguardingState(concern) }
  if (isWhole) return { ...shown, isWhole, looked: await lookedAt(call, concern) }
  const { decision: _decision, closed: _closed, ...own } = shown
  return { ...own, isWhole, notes: [], members: [], sources: [], looked: [] }
}

/** Who has read it, once for each and the latest time; the audit log has every reading. */
async function lookedAt(
  { context }: OperationCall,
  { id, person }: Readonly<{ id: string; person: string }>,
): Promise<ShownConcern['looked']> {
  const { rows } = await context.service.sql.query<{ name: string; at: Date | string }>(
    `select name, max(at) as at from audit
     where persons @> array[$1::text] and what -> $1::text @> to_jsonb($2::text)
       and act = 'R' and allowed group by name order by 2 desc`,
    [person, `Basic/${id}`],
  )
  return rows.map(({ name, at }) => ({ name, at: new Date(at).toISOString() }))
}
