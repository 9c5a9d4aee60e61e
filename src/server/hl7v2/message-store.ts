import type { Heading } from '#domain/hl7v2/adt.ts'
import type { Reason } from '#domain/hl7v2/reasons.ts'
import type { Sql } from '#server/store/sql.ts'

export type StoredMessage = Readonly<{
  seq: number
  facility: string
  message_id: string
  digest: string
  kind: string
  at: Date
  raw: string
  state: 'taken' | 'aside' | 'dismissed'
  reason: Reason | null
  nhs: string | null
  visit: string | null
  person: string | null
}>

const columns =
  'seq, facility, message_id, digest, kind, at, raw, state, reason, nhs, visit, person'

/** The outcome of a message: on whose stay, or why not. */
export type Verdict = Readonly<{
  state: 'taken' | 'aside'
  reason?: Reason | undefined
  nhs?: string | undefined
  visit?: string | undefined
  person?: string | undefined
}>

/** Other callers with the same name wait until the first transaction has ended. */
export async function lock(sql: Sql, name: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 7128))', [name])
}

export const facilityOf = ({ facility, sender }: Heading): string => facility || sender

/** Everything that was received under one message id: usually nothing, or the same message again. */
export async function underId(
  sql: Sql,
  facility: string,
  id: string,
): Promise<readonly StoredMessage[]> {
  const { rows } = await sql.query<StoredMessage>(
    `select ${columns} from hl7_message where facility = $1 and message_id = $2 order by seq`,
    [facility, id],
  )
  return rows
}

export async function messageBySeq(sql: Sql, seq: number): Promise<StoredMessage | undefined> {
  const { rows } = await sql.query<StoredMessage>(
    `select ${columns} from hl7_message where seq = $1`,
    [seq],
  )
  return rows[0]
}

/** The messages from which a stay is worked out. */
export async function takenOf(sql: Sql, visit: string): Promise<readonly StoredMessage[]> {
  const { rows } = await sql.query<StoredMessage>(
    `select ${columns} from hl7_message where visit = $1 and state = 'taken' order by seq`,
    [visit],
  )
  return rows
}

/** Every processed message about this person. */
export async function takenAbout(sql: Sql, person: string): Promise<readonly StoredMessage[]> {
  const { rows } = await sql.query<StoredMessage>(
    `select ${columns} from hl7_message where person = $1 and state = 'taken' order by seq`,
    [person],
  )
  return rows
}

type Arrival = Readonly<{
  heading: Heading
  digest: string
  raw: string
  at: Date
  broughtBy: string
}>

/** Stores a message, or the outcome of one on hold; returns its row. */
export async function storeMessage(
  sql: Sql,
  arrival: Arrival,
  verdict: Verdict,
): Promise<StoredMessage> {
  const { heading, digest, raw, at, broughtBy } = arrival
  const { rows } = await sql.query<StoredMessage>(
    `insert into hl7_message (facility, message_id, digest, kind, at, brought_by, raw,
       state, reason, nhs, visit, person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (facility, message_id, digest) do update set state = excluded.state,
       reason = excluded.reason, nhs = excluded.nhs, visit = excluded.visit, person = excluded.person
     returning ${columns}`,
    [
      ...[facilityOf(heading), heading.id, digest, heading.kind, at, broughtBy, raw],
      ...[verdict.state, verdict.reason ?? null, verdict.nhs ?? null],
      ...[verdict.visit ?? null, verdict.person ?? null],
    ],
  )
  const [row] = rows
  if (!row) throw new Error('The message was not stored')
  return row
}

/** Messages on hold for people who have been registered, or changed, since. */
export async function waitingFor(sql: Sql, persons: readonly string[]): Promise<readonly number[]> {
  const { rows } = await sql.query<{ seq: number }>(
    `select m.seq from hl7_message m join person_row p on p.nhs = m.nhs
     where m.state = 'aside' and p.person = any($1::text[]) order by m.seq`,
    [[...persons]],
  )
  return rows.map(({ seq }) => seq)
}
