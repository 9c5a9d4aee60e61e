import type { In } from '#domain/fhir/parameters.ts'
import { settleAnswer, settleRequest } from '#domain/hl7v2/unmatched-message.ts'
import { reprocessMessage } from '#server/hl7v2/message-processor.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const mostAtOnce = 200

/** Tries messages on hold again, or dismisses them with a reason. */
export const settleMessageOperation: Operation = {
  name: 'settle-kept-aside',
  on: 'system',
  changes: true,
  purpose: 'Tries messages on hold again, or dismisses them with a reason',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Your role cannot settle these messages')
    const { messages, why } = wishOf(call)
    const states: State[] = []
    for (const seq of messages) {
      states.push(why ? await dismiss(call, seq, why) : await again(call, seq))
    }
    return answerOf(states)
  },
}

/** Without a reason in `dismiss` they are tried again. */
function wishOf(call: OperationCall) {
  const { messages, dismiss } = askedParameters(call, settleRequest)
  if (messages.length === 0 || messages.length > mostAtOnce) {
    throw new FhirProblem(400, 'required', `Give between one and ${mostAtOnce} message numbers`)
  }
  const why = dismiss?.trim() ?? ''
  if (dismiss !== undefined && why === '')
    throw new FhirProblem(400, 'required', 'Give a reason in `dismiss`')
  return { messages, why }
}

type State = keyof In<typeof settleAnswer>

async function again({ context, now }: OperationCall, seq: number): Promise<State> {
  const { service, actor, hl7Zone: zone } = context
  const row = await reprocessMessage({ ...service, now, zone, actor }, seq)
  return row?.state ?? 'unknown'
}

async function dismiss({ context, actor, now }: OperationCall, seq: number, why: string) {
  const { changed } = await context.service.sql.query(
    `update hl7_message set state = 'dismissed', closed_by = $2, closed_at = $3, closed_why = $4
     where seq = $1 and state = 'aside'`,
    [seq, actor.identity, now, why],
  )
  return changed > 0 ? 'dismissed' : 'unknown'
}

function answerOf(states: readonly State[]) {
  const many = [...Map.groupBy(states, (state) => state)].map(([state, each]) => [
    state,
    each.length,
  ])
  return settleAnswer.write(Object.fromEntries(many))
}
