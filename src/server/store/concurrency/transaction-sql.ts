import { serialQueue } from '#domain/async/serial-queue.ts'
import {
  leaveRlsSession,
  type RlsSession,
  standUnderLocally,
} from '#server/store/access/rls-session.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'

type Ask = Pick<Sql, 'query' | 'script'>

/** For one entry among several within a transaction: if it fails it is undone, and what came before it stays. */
export const savepoint = {
  begin: 'savepoint gable_entry',
  keep: 'release savepoint gable_entry',
  undo: 'rollback to savepoint gable_entry',
}

/**
 * A transaction's connection as `Sql`: one statement after the other, in the order asked. Before each it makes sure
 * which role the transaction has: an actor's statements run under the actor’s role, all others as the service. The
 * role changes only if the next statement needs another one. `readerMs`: after which an actor's statement is
 * cancelled, and the transaction with it; 0: never.
 */
export function transactionSql(ask: Ask, readerMs = 0): Sql {
  const inTurn = serialQueue()
  /** the access that the transaction is set to; undefined: as the service */
  let standing: string | undefined
  const asService = async () => {
    if (standing === undefined) return
    await ask.query(leaveRlsSession)
    standing = undefined
  }
  /** After a failure no further statement is possible; where the savepoint began the transaction ran as the service. */
  const undone = async () => {
    standing = undefined
  }
  const asActor = async (reach: RlsSession) => {
    const wanted = JSON.stringify(reach)
    if (standing === wanted) return
    const stand = standUnderLocally(reach, readerMs)
    // whatever the outcome, the role may have changed
    standing = wanted
    await ask.query(stand.text, stand.params)
  }
  const after =
    <T>(role: () => Promise<void>, work: () => Promise<T>) =>
    async () => {
      await role()
      return await work()
    }
  const self: Sql = {
    query: (text, params) => {
      const role = text === savepoint.undo ? undone : asService
      return inTurn(after(role, () => ask.query(text, params)))
    },
    script: (text) => inTurn(after(asService, () => ask.script(text))),
    transaction: (work) => work(self),
    as: (reach): ReadingSql => ({
      query: (text, params) =>
        inTurn(
          after(
            () => asActor(reach),
            () => ask.query(text, params),
          ),
        ),
    }),
  }
  return self
}
