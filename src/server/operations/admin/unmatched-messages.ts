import type { Reason } from '#domain/hl7v2/reasons.ts'
import { keptAsideParameters } from '#domain/hl7v2/unmatched-message.ts'
import { note } from '#server/http/request-context.ts'
import { pageSize } from '#server/interactions/read.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'

type Row = Readonly<{
  seq: number
  facility: string
  message_id: string
  kind: string
  at: Date
  raw: string
  reason: Reason
  nhs: string | null
}>

const mostShown = 100

/** Hospital messages that could not be processed, newest first, with how many there are of each reason. */
export const unmatchedMessagesOperation: Operation = {
  name: 'kept-aside',
  on: 'system',
  changes: false,
  purpose: 'Messages from hospitals that are on hold, newest first, and why; for administrators',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Your role cannot see these messages')
    const reason = call.query.get('reason')
    const offset = pageSize(call.query.get('_offset'), 0)
    const [counts, rows] = [await countsOf(call), await rowsOf(call, reason, offset)]
    await note(call.context, await peopleIn(call, rows), { act: 'R', way: '$kept-aside' })
    return keptAsideParameters.write({ counts, messages: rows.map(messageOf) })
  },
}

type Count = Readonly<{ reason: Reason; many: number }>

async function countsOf({ context }: OperationCall): Promise<readonly Count[]> {
  const { rows } = await context.service.sql.query<Count>(
    `select reason, count(*)::int as many from hl7_message where state = 'aside'
     group by reason order by many desc, reason`,
  )
  return rows
}

async function rowsOf(
  { context }: OperationCall,
  reason: string | null,
  offset: number,
): Promise<readonly Row[]> {
  const { rows } = await context.service.sql.query<Row>(
    `select seq, facility, message_id, kind, at, raw, reason, nhs from hl7_message
     where state = 'aside' and ($1::text is null or reason = $1)
     order by seq desc limit ${mostShown} offset $2`,
    [reason, offset],
  )
  return rows
}

/** People on record here with a number that is shown: the access is added to their audit log. */
async function peopleIn({ context }: OperationCall, shown: readonly Row[]) {
  const numbers = shown.flatMap(({ nhs }) => nhs ?? [])
  const { rows } = await context.service.sql.query<{ person: string }>(
    'select person from person_row where nhs = any($1::text[])',
    [numbers],
  )
  return new Map(rows.map(({ person }) => [person, [`Patient/${person}`]] as const))
}

const messageOf = (row: Row) => ({
  ...{ number: row.seq, from: row.facility || '?', messageId: row.message_id },
  ...{ kind: row.kind || '?', came: new Date(row.at).toISOString() },
  ...{ reason: row.reason, raw: row.raw },
})
