import type { RequestContext } from '#server/http/request-context.ts'

/** Whoever tries, starts or switches a rule or a card waits for whoever does so just now. Until the end of the transaction. */
export async function holdRule({ service }: RequestContext, code: string): Promise<void> {
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `answer-rule ${code}`,
  ])
}
