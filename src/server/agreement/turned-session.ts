import type { TurnedFor } from '#domain/agreement/turned.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { Sql } from '#server/store/sql.ts'

/** Narrows one session, in every tab that has it, to the answer of one person to one version of their plan. */
export async function turnSession(sql: Sql, token: string, turned: TurnedFor): Promise<void> {
  await sql.query('UPDATE session SET turned = $2 WHERE token_hash = $1', [
    sha256Hex(token),
    JSON.stringify(turned),
  ])
}

/**
 * All that a turned session can call, as exact addresses: anything else, in any spelling, is refused. A sign-in is no
 * call of the session.
 */
export function isForTurned({ plan }: TurnedFor, method: string, { pathname }: URL): boolean {
  const isRead = method === 'GET' || method === 'POST'
  if (pathname === '/auth/session') return method === 'GET'
  if (pathname === `/fhir/CarePlan/${plan}/$turned-plan`) return isRead
  return pathname === `/fhir/CarePlan/${plan}/$turned-answer` && method === 'POST'
}

export const screenIsTurned = () =>
  new FhirProblem(
    403,
    'suppressed',
    'This screen is turned to somebody. Sign in again to go on working',
  )

/**
 * When a screen was last turned by this identity, or in the session with this token, whose session has not been ended
 * since by its user; undefined if none was. Also of a session that is idle by now: whoever holds the device must not
 * get in by what is left of the sign-in at the provider.
 */
export async function turnedSince(
  sql: Sql,
  which: Readonly<{ identity: string } | { token: string }>,
): Promise<Date | undefined> {
  const [column, value] =
    'token' in which ? ['token_hash', sha256Hex(which.token)] : ['identity', which.identity]
  const { rows } = await sql.query<{ at: string | null }>(
    `SELECT max(turned->>'at') AS at FROM session WHERE ${column} = $1 AND turned IS NOT NULL`,
    [value],
  )
  const at = rows[0]?.at
  return at ? new Date(at) : undefined
}
