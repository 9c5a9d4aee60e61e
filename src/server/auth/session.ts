import type { Actor } from '#domain/access/actor.ts'
import type { TurnedFor } from '#domain/agreement/turned.ts'
import { type Clock, usualZone } from '#domain/calendar/zone.ts'
import { sha256Hex } from '#server/sha256.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { Subject } from './claims.ts'
import { findActor } from './find-actor.ts'

const idleMinutes = 30
const mostHours = 12
const touchSeconds = 60
/** How long the records' answer is valid; then they are asked again whether this identity still has its role. */
const checkSeconds = 60

/** How far the clocks of two servers may differ; what is further ahead was written by a wrong clock. */
const clockMinutes = 5

/** $2 is the time. A session from the future is not valid: a clock that jumped and came back would keep it open for years. */
const standing = `seen > $2::timestamptz - make_interval(mins => ${idleMinutes})
  AND started > $2::timestamptz - make_interval(hours => ${mostHours})
  AND greatest(seen, started) < $2::timestamptz + make_interval(mins => ${clockMinutes})`

/** When a session ends by itself: `idle` moves with every use, `absolute` never does. Instants, ISO 8601. */
export type SessionEnds = Readonly<{ idle: string; absolute: string }>

export type OpenSession = Readonly<{
  actor: Actor
  ends: SessionEnds
  /** the screen is turned to somebody: the session is theirs to answer, and for nothing else */
  turned?: TurnedFor
}>

/** The start of a session of an OpenID provider. */
export type Origin = Readonly<{ subject: Subject; session?: string; idToken?: string }>

type Row = Readonly<{
  actor: Actor | string
  subject: Subject | string | null
  checked: string | Date | null
  seen: string | Date
  started: string | Date
  turned: TurnedFor | string | null
}>

/** 256 random bits; the database stores only their hash, so a copy of it signs nobody in. */
export async function beginSession(
  sql: Sql,
  actor: Actor,
  now: Date,
  origin?: Origin,
): Promise<string> {
  const token = hex(crypto.getRandomValues(new Uint8Array(32)))
  await sql.query(`DELETE FROM session WHERE started < $1::timestamptz - interval '1 day'`, [
    now.toISOString(),
  ])
  await sql.query(
    `INSERT INTO session (token_hash, actor, started, seen, identity, subject, checked, provider_session, id_token)
     VALUES ($1, $2, $3, $3, $4, $5, $3, $6, $7)`,
    [
      sha256Hex(token),
      JSON.stringify(actor),
      now.toISOString(),
      actor.identity,
      origin ? JSON.stringify(origin.subject) : null,
      origin?.session ?? null,
      origin?.idToken ?? null,
    ],
  )
  return token
}

/**
 * Who a token stands for; undefined if it is unknown, idle for 30 minutes or 12 hours old, or if the records no longer
 * know this identity. Asking counts as use, unless nobody is there: a screen that only follows changes must not keep
 * itself open.
 */
export async function openSession(
  sql: Sql,
  token: string,
  options: Readonly<{ now: Date; attended: boolean; zone?: string | undefined }>,
): Promise<OpenSession | undefined> {
  const hash = sha256Hex(token)
  const { now, zone = usualZone } = options
  const found = await sql.query<Row>(
    `SELECT actor, subject, checked, seen, started, turned FROM session WHERE token_hash = $1 AND ${standing}`,
    [hash, now.toISOString()],
  )
  const [row] = found.rows
  if (!row) return undefined
  const actor = await actorNow(sql, hash, row, { now, zone })
  if (!actor) return undefined
  const seen = new Date(row.seen).getTime()
  const isUse = options.attended && now.getTime() - seen > touchSeconds * 1000
  if (isUse)
    await sql.query('UPDATE session SET seen = $2 WHERE token_hash = $1', [hash, now.toISOString()])
  return {
    actor,
    ends: endsOf(isUse ? now.getTime() : seen, new Date(row.started).getTime()),
    ...(row.turned ? { turned: storedRecord<TurnedFor>(row.turned) } : {}),
  }
}

/** The actor as the records have it today; a session whose identity is no longer there has ended. */
async function actorNow(
  sql: Sql,
  hash: string,
  { actor, subject, checked }: Row,
  { now, zone }: Clock,
): Promise<Actor | undefined> {
  const known = storedRecord<Actor>(actor)
  if (!subject) return known
  const age = checked ? Math.abs(now.getTime() - new Date(checked).getTime()) : Infinity
  if (age < checkSeconds * 1000) return known
  const found = await findActor(storedRecord<Subject>(subject), {
    ...{ store: createStore(sql), now, zone },
  })
  if (typeof found === 'string') {
    await sql.query('DELETE FROM session WHERE token_hash = $1', [hash])
    return undefined
  }
  await sql.query('UPDATE session SET actor = $2, checked = $3 WHERE token_hash = $1', [
    hash,
    JSON.stringify(found),
    now.toISOString(),
  ])
  return found
}

function endsOf(seen: number, started: number): SessionEnds {
  const absolute = started + mostHours * 3_600_000
  const idle = Math.min(seen + idleMinutes * 60_000, absolute)
  return { idle: new Date(idle).toISOString(), absolute: new Date(absolute).toISOString() }
}

/**
 * Who is listening, as the records have them today, while the session lasts and its screen is not turned to somebody.
 * Asking does not keep it alive.
 */
export async function whoListens(
  sql: Sql,
  token: string,
  clock: Readonly<{ now: Date; zone?: string | undefined }>,
): Promise<Actor | undefined> {
  const found = await openSession(sql, token, { ...clock, attended: false })
  return found?.turned ? undefined : found?.actor
}

/** Ends one session; returns the ID token from the provider that started it. */
export async function endSession(sql: Sql, token: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ id_token: string | null }>(
    'DELETE FROM session WHERE token_hash = $1 RETURNING id_token',
    [sha256Hex(token)],
  )
  return rows[0]?.id_token ?? undefined
}

/** Ends the sessions of an identity, those started by one session at the provider, or those that are both. */
export async function endSessions(
  sql: Sql,
  which: Readonly<{ identity?: string; session?: string }>,
): Promise<void> {
  const { identity, session } = which
  if (identity === undefined && session === undefined) return
  await sql.query(
    `DELETE FROM session WHERE ($1::text IS NULL OR identity = $1)
       AND ($2::text IS NULL OR provider_session = $2)`,
    [identity ?? null, session ?? null],
  )
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
