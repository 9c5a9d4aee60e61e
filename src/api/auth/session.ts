import type { Sql } from '#api/sql/sql.ts'
import type { Actor } from '#domain/access/actor.ts'

const idleMinutes = 30
const mostHours = 12
const touchSeconds = 60

/** $2 is the time. */
const standing = `seen > $2::timestamptz - make_interval(mins => ${idleMinutes})
  AND started > $2::timestamptz - make_interval(hours => ${mostHours})`

/** When a session ends by itself: `idle` moves on with every use, `absolute` never does. Instants, ISO 8601. */
export type Ends = Readonly<{ idle: string; absolute: string }>

export type Standing = Readonly<{ actor: Actor; ends: Ends }>

type Row = Readonly<{ actor: Actor | string; seen: string | Date; started: string | Date }>

/** 256 random bits; the database keeps only their hash, so a copy of it signs nobody in. */
export async function beginSession(sql: Sql, actor: Actor, now: Date): Promise<string> {
  const token = hex(crypto.getRandomValues(new Uint8Array(32)))
  await sql.query(
    'INSERT INTO session (token_hash, actor, started, seen) VALUES ($1, $2, $3, $3)',
    [await hashOf(token), JSON.stringify(actor), now.toISOString()],
  )
  return token
}

/**
 * Who a token stands for; undefined when it is unknown, idle for 30 minutes or 12 hours old. Asking is a use that puts
 * the idle end off, unless nobody is there: a screen that only follows changes must not keep itself open.
 */
export async function standingOf(
  sql: Sql,
  token: string,
  asked: Readonly<{ now: Date; attended: boolean }>,
): Promise<Standing | undefined> {
  const hash = await hashOf(token)
  const now = asked.now.toISOString()
  const found = await sql.query<Row>(
    `SELECT actor, seen, started FROM session WHERE token_hash = $1 AND ${standing}`,
    [hash, now],
  )
  const [row] = found.rows
  if (!row) return undefined
  const seen = new Date(row.seen).getTime()
  const isUse = asked.attended && asked.now.getTime() - seen > touchSeconds * 1000
  if (isUse) await sql.query('UPDATE session SET seen = $2 WHERE token_hash = $1', [hash, now])
  return {
    actor: typeof row.actor === 'string' ? (JSON.parse(row.actor) as Actor) : row.actor,
    ends: endsOf(isUse ? asked.now.getTime() : seen, new Date(row.started).getTime()),
  }
}

function endsOf(seen: number, started: number): Ends {
  const absolute = started + mostHours * 3_600_000
  const idle = Math.min(seen + idleMinutes * 60_000, absolute)
  return { idle: new Date(idle).toISOString(), absolute: new Date(absolute).toISOString() }
}

/** True while the session stands. Asking does not keep it alive: a page that only listens is idle. */
export async function isStanding(sql: Sql, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql.query(`SELECT 1 FROM session WHERE token_hash = $1 AND ${standing}`, [
    await hashOf(token),
    now.toISOString(),
  ])
  return rows.length > 0
}

export async function endSession(sql: Sql, token: string): Promise<void> {
  await sql.query('DELETE FROM session WHERE token_hash = $1', [await hashOf(token)])
}

async function hashOf(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(token)
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
