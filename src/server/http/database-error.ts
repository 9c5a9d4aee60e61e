import { FhirProblem } from '#server/problem.ts'

/** SQLSTATEs and system codes of a database that is unavailable, stopping, full, or read-only. */
const away = /^(08...|57P0[123]|53[234]..|25006|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/
const awayWords = /^(Connection terminated|timeout exceeded when trying to connect)/

/** The messages of a full disk and browser storage: PostgreSQL, its files, the browser's own storage. */
const fullWords =
  /QuotaExceeded|exceed\w* (its|the) (storage )?quota|No space left|ENOSPC|could not extend file/i

/** Whether something failed for lack of space, however deep in the chain of causes. */
export function isFull(error: unknown): boolean {
  const { code, name, message, cause } = (error ?? {}) as Partial<Record<string, unknown>>
  if (code === '53100' || name === 'QuotaExceededError') return true
  return fullWords.test(String(message)) || (cause !== undefined && isFull(cause))
}

/** Whether the database cannot be reached, or accepts no changes now. */
export function isAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return away.test(String(code)) || awayWords.test(String(message))
}

const noRoomLeft =
  'There is no storage space left for records. Nothing was saved. Free up space on this device, then try again'

/** An error of the database itself, as an answer that says whether to try again. */
export function databaseError(error: unknown): FhirProblem | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  if (code === '57014') {
    const text = 'This takes the database too long. Ask for less at once'
    return new FhirProblem(503, 'timeout', text)
  }
  if (isFull(error)) return new FhirProblem(507, 'no-store', noRoomLeft)
  if (!isAway(error)) return undefined
  const text =
    'The records cannot be reached at the moment. Try again soon. Before you create a record again, check whether it already exists'
  return new FhirProblem(503, 'transient', text, { headers: { 'Retry-After': '5' } })
}
