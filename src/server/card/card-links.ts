import type { CardLinkState } from '#domain/card/card-link.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { Sql } from '#server/store/sql.ts'

type Row = Readonly<{
  id: string
  person: string
  made: string | Date
  made_by: string
  expires: string | Date
  ended: string | Date | null
  ended_by: string | null
}>

export type StoredCardLink = Readonly<{
  id: string
  person: string
  state: CardLinkState
  made: string
  madeBy: string
  expires: string
  ended?: string
  endedBy?: string
}>

const columns = 'id, person, made, made_by, expires, ended, ended_by'

/** 128 random bits, and the hash that is stored instead of them. */
export function newCardToken(): Readonly<{ token: string; hash: string }> {
  const token = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return { token, hash: sha256Hex(token) }
}

/** The link that a token opens or once opened; undefined for an unknown one. */
export async function cardLinkBy(
  sql: Sql,
  token: string,
  now: Date,
): Promise<StoredCardLink | undefined> {
  const { rows } = await sql.query<Row>(`select ${columns} from card_link where token_hash = $1`, [
    sha256Hex(token),
  ])
  return rows[0] && linkFrom(rows[0], now)
}

/** The latest link of a person. */
export async function latestCardLink(
  sql: Sql,
  person: string,
  now: Date,
): Promise<StoredCardLink | undefined> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from card_link where person = $1
     order by ended is not null, made desc, ended desc limit 1`,
    [person],
  )
  return rows[0] && linkFrom(rows[0], now)
}

type Change = Readonly<{ person: string; by: string; now: Date; expires: Date }>

/** The link before it stops working in the same moment. */
export async function keepNewCardLink(
  sql: Sql,
  { person, by, now, expires }: Change,
  hash: string,
): Promise<void> {
  await endCardLink(sql, { person, by, now })
  await sql.query(
    `insert into card_link (id, person, token_hash, made, made_by, expires) values ($1, $2, $3, $4, $5, $6)`,
    [crypto.randomUUID(), person, hash, now.toISOString(), by, expires.toISOString()],
  )
}

export async function endCardLink(
  sql: Sql,
  { person, by, now }: Omit<Change, 'expires'>,
): Promise<number> {
  const { changed } = await sql.query(
    'update card_link set ended = $2, ended_by = $3 where person = $1 and ended is null',
    [person, now.toISOString(), by],
  )
  return changed
}

/** Returns how many were renewed: a link that was stopped or has run out stays as it is. */
export async function renewCardLink(
  sql: Sql,
  { person, now, expires }: Omit<Change, 'by'>,
): Promise<number> {
  const { changed } = await sql.query(
    'update card_link set expires = $2 where person = $1 and ended is null and expires > $3',
    [person, expires.toISOString(), now.toISOString()],
  )
  return changed
}

function linkFrom(row: Row, now: Date): StoredCardLink {
  const instant = (at: string | Date) => new Date(at).toISOString()
  return {
    ...{ id: row.id, person: row.person, state: stateOf(row, now) },
    ...{ made: instant(row.made), madeBy: row.made_by, expires: instant(row.expires) },
    ...(row.ended ? { ended: instant(row.ended), endedBy: row.ended_by ?? '' } : {}),
  }
}

function stateOf({ ended, expires }: Row, now: Date): CardLinkState {
  if (ended) return 'ended'
  return new Date(expires).getTime() > now.getTime() ? 'open' : 'expired'
}
