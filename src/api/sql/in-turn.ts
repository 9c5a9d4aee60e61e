import { type RowReach, standAsService, standUnder } from './row-reach.ts'
import type { ReadingSql, Sql } from './sql.ts'

type Ask = Pick<Sql, 'query' | 'script'>

/**
 * A transaction's connection as `Sql`: one statement after the other, in the order asked. What is asked under an actor's
 * role comes together with going there and back, so that nothing of the service can slip in between.
 */
export function joinedIn(ask: Ask): Sql {
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
    as: (reach) => ({ query: (text, params) => inTurn(() => under(ask, reach, text, params)) }),
  }
  return self
}

const under: <Row>(
  ask: Ask,
  reach: RowReach,
  ...statement: Parameters<ReadingSql['query']>
) => Promise<{ rows: Row[]; changed: number }> = async (ask, reach, text, params) => {
  const stand = standUnder(reach, true)
  await ask.query(stand.text, stand.params)
  const answer = await ask.query<never>(text, params)
  // after a failure the transaction is over, and the role with it
  await ask.query(standAsService)
  return answer
}
