import { isAway } from '#server/http/database-error.ts'

/** What the administrator has to fix, in a sentence. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault'
}

type Cause = Readonly<{ code?: unknown; message?: unknown }>

/** Why a database could not be opened, for the administrator. `named`: the address in `DATABASE_URL`. */
export function whyNotOpened(cause: unknown, named: string | undefined): string {
  const { code, message } = (cause ?? {}) as Cause
  if (cause instanceof DatabaseFault || !named)
    return `The database could not be opened: ${message}`
  if (!URL.canParse(named))
    return 'DATABASE_URL is not a database address, such as postgres://gable:…@host:5432/gable.'
  const { host, pathname } = new URL(named)
  if (code === '3D000')
    return `There is no database "${pathname.slice(1)}" at ${host}: deploy/database.sql creates one.`
  if (code === '28P01' || code === '28000')
    return `The database at ${host} refused the name and password in DATABASE_URL.`
  if (isAway(cause))
    return `The database at ${host} cannot be reached (${code ?? message}). Is it running, and is DATABASE_URL right?`
  return `The database at ${host} could not be opened: ${message}`
}

export const databaseAwayMessage = 'the database was stopped, or cannot be reached any more'

/** Why a command could not continue. */
export function whyNotDone(cause: unknown): string {
  if (isAway(cause)) return databaseAwayMessage
  return cause instanceof Error && cause.message ? cause.message : 'it failed'
}
