import { type CardLinkState, type CardUse, cardUseIn } from '#domain/card/card-link.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { Sql } from '#server/store/sql.ts'

type Row = Readonly<{
  id: string
  person: string
  purpose: string
  has_link: boolean
  illnesses: boolean
  matters: boolean
  made: string | Date
  made_by: string
  expires: string | Date
  ended: string | Date | null
  ended_by: string | null
  opened: number
  last_opened: string | Date | null
}>

export type StoredCardLink = Readonly<{
  id: string
  person: string
  state: CardLinkState
  use: CardUse
  hasLink: boolean
  illnesses: boolean
  matters: boolean
  made: string
  madeBy: string
  expires: string
  ended?: string
  endedBy?: string
  opened: number
  lastOpened?: string
}>

const columns =
  'id, person, purpose, has_link, illnesses, matters, made, made_by, expires, ended, ended_by, opened, last_opened'

/** 128 random bits, and the hash that is stored instead of them. */
export function newCardToken(): Readonly<{ token: string; hash: string }> {
  const token = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return { token, hash: sha256Hex(token) }
}

/** The card that a token opens or once opened; undefined for an unknown one. */
export async function cardLinkBy(
  sql: Sql,
  token: string,
  now: Date,
): Promise<StoredCardLink | undefined> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from card_link where token_hash = $1 and has_link`,
    [sha256Hex(token)],
  )
  return rows[0] && linkFrom(rows[0], now)
}

/** The cards of a person that are in use, newest first; after them those that ran out, and the last few that were ended. */
export async function cardLinksOf(
  sql: Sql,
  person: string,
  now: Date,
): Promise<readonly StoredCardLink[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from card_link where person = $1
     order by ended is not null, expires <= $2, coalesce(ended, made) desc limit 12`,
    [person, now.toISOString()],
  )
  return rows.map((row) => linkFrom(row, now))
}

type Change = Readonly<{ person: string; card: string; by: string; now: Date; expires: Date }>
type Kept = Omit<Change, 'card'> &
  Readonly<{ hash: string; use: CardUse; hasLink: boolean; illnesses: boolean; matters: boolean }>

export async function keepNewCardLink(sql: Sql, kept: Kept): Promise<void> {
  const { person, by, now, expires, hash, use, hasLink, illnesses, matters } = kept
  await sql.query(
    `insert into card_link (id, person, token_hash, made, made_by, expires, purpose, has_link, illnesses, matters)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[crypto.randomUUID(), person, hash, now.toISOString(), by, expires.toISOString()],
      ...[use, hasLink, illnesses, matters],
    ],
  )
}

/** Returns how many were ended: none for a card of somebody else, and for one that was ended before. */
export async function endCardLink(
  sql: Sql,
  { person, card, by, now }: Omit<Change, 'expires'>,
): Promise<number> {
  const { changed } = await sql.query(
    'update card_link set ended = $3, ended_by = $4 where person = $1 and id = $2 and ended is null',
    [person, card, now.toISOString(), by],
  )
  return changed
}

/** Every card of a person. */
export async function endCardLinks(
  sql: Sql,
  { person, by, now }: Pick<Change, 'person' | 'by' | 'now'>,
): Promise<void> {
  await sql.query(
    'update card_link set ended = $2, ended_by = $3 where person = $1 and ended is null',
    [person, now.toISOString(), by],
  )
}

/** Returns how many were renewed: a card that was ended or has run out stays as it is, and so does one without a link. */
export async function renewCardLink(
  sql: Sql,
  { person, card, now, expires }: Omit<Change, 'by'>,
): Promise<number> {
  const { changed } = await sql.query(
    `update card_link set expires = $3
     where person = $1 and id = $2 and ended is null and expires > $4 and has_link`,
    [person, card, expires.toISOString(), now.toISOString()],
  )
  return changed
}

export async function countCardOpening(sql: Sql, card: string, now: Date): Promise<void> {
  await sql.query('update card_link set opened = opened + 1, last_opened = $2 where id = $1', [
    card,
    now.toISOString(),
  ])
}

const instant = (at: string | Date) => new Date(at).toISOString()

function linkFrom(row: Row, now: Date): StoredCardLink {
  const { ended, last_opened: lastOpened } = row
  return {
    ...{ id: row.id, person: row.person, state: stateOf(row, now), opened: row.opened },
    ...{ use: cardUseIn(row.purpose) ?? 'other', hasLink: row.has_link },
    ...{ illnesses: row.illnesses, matters: row.matters },
    ...{ made: instant(row.made), madeBy: row.made_by, expires: instant(row.expires) },
    ...(ended ? { ended: instant(ended), endedBy: row.ended_by ?? '' } : {}),
    ...(lastOpened ? { lastOpened: instant(lastOpened) } : {}),
  }
}

function stateOf({ ended, expires }: Row, now: Date): CardLinkState {
  if (ended) return 'ended'
  return new Date(expires).getTime() > now.getTime() ? 'open' : 'expired'
}
