import type { Parameters } from '@medplum/fhirtypes'
import { reprocessMessage } from '#server/hl7v2/message-processor.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const mostAtOnce = 200

/** Tries messages that are kept aside again, or closes them for good with a reason. */
export const settleMessageOperation: Operation = {
  name: 'settle-kept-aside',
  on: 'system',
  changes: true,
  purpose: 'Tries messages on hold again, or dismisses them with a reason',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Your role cannot settle these messages')
    const { numbers, why } = wishOf(call)
    const states: string[] = []
    for (const seq of numbers) {
      states.push(why ? await dismiss(call, seq, why) : await again(call, seq))
    }
    return answerOf(states)
  },
}

/** `message` names each by its number; `dismiss` holds the reason, without it they are tried again. */
function wishOf({ body }: OperationCall) {
  const parts = body?.resourceType === 'Parameters' ? (body.parameter ?? []) : []
  const numbers = parts.flatMap((each) =>
    each.name === 'message' ? (each.valueInteger ?? []) : [],
  )
  if (numbers.length === 0 || numbers.length > mostAtOnce) {
    throw new FhirProblem(400, 'required', `Give between one and ${mostAtOnce} message numbers`)
  }
  const dismissal = parts.find((each) => each.name === 'dismiss')
  const why = dismissal?.valueString?.trim() ?? ''
  if (dismissal && why === '') throw new FhirProblem(400, 'required', 'Give a reason in `dismiss`')
  return { numbers, why }
}

async function again({ context, now }: OperationCall, seq: number): Promise<string> {
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

function answerOf(states: readonly string[]): Parameters {
  const counts = Map.groupBy(states, (state) => state)
  return {
    resourceType: 'Parameters',
    parameter: [...counts].map(([name, each]) => ({ name, valueInteger: each.length })),
  }
}
