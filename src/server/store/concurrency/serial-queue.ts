import {
  enterRlsSession,
  leaveRlsSession,
  type RlsSession,
} from '#server/store/access/rls-session.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'

type Ask = Pick<Sql, 'query' | 'script'>

/**
 * A transaction's connection as `Sql`: one statement after the other, in the order asked. What is asked under an actor's
 * role comes together with going there and back, so that nothing of the service can slip in between. `readerMs`: after
 * which a statement of an actor is given up, and the transaction with it; 0: never.
 */
export function joinSerialQueue(ask: Ask, readerMs = 0): Sql {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
  const self: Sql = {
    query: (text, params) => inTurn(() => ask.query(text, params)),
    script: (text) => inTurn(() => ask.script(text)),
    transaction: (work) => work(self),
    as: (reach) => ({
      query: (text, params) => inTurn(() => under({ ask, reach, readerMs }, text, params)),
    }),
  }
  return self
}

type Under = Readonly<{ ask: Ask; reach: RlsSession; readerMs: number }>

const under: <Row>(
  under: Under,
  ...statement: Parameters<ReadingSql['query']>
) => Promise<{ rows: Row[]; changed: number }> = async ({ ask, reach, readerMs }, text, params) => {
  const stand = enterRlsSession(reach, true)
  await ask.query(stand.text, stand.params)
  if (readerMs > 0) await ask.query(limitTo(readerMs))
  const answer = await ask.query<never>(text, params)
  // after a failure the transaction is over, and the role with it
  await ask.query(leaveRlsSession)
  if (readerMs > 0) await ask.query(limitTo(0))
  return answer
}

const limitTo = (ms: number) => `set local statement_timeout = ${Math.round(ms)}`
