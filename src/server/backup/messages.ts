import type { Sql } from '#server/store/sql.ts'

/** The name of the file with hospital messages. */
export const messagesName = 'hl7-messages'

const perPage = 200
const plain =
  'facility, message_id, digest, kind, brought_by, raw, state, reason, nhs, visit, person, closed_by, closed_why'
const inFull = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`

type Row = Readonly<{ seq: string | number }> & Readonly<Record<string, unknown>>

/** Hospital messages as they came, with what became of each, one a line, in the order in which they came. */
export async function* messagesIn(sql: Sql): AsyncGenerator<readonly string[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<Row>(
      `select seq, ${plain}, ${inFull('at')}, ${inFull('closed_at')} from hl7_message
       where seq > $1::bigint order by seq limit ${perPage}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ seq: _seq, ...said }) => JSON.stringify(said))
    after = Number(last.seq)
  }
}

/** Restores the messages of a backup; a message that is here already stays as it is. */
export async function keepMessages(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into hl7_message (${plain}, at, closed_at)
     select ${plain}, at, closed_at from json_to_recordset($1::json) as m(facility text, message_id text,
       digest text, kind text, brought_by text, raw text, state text, reason text, nhs text, visit text,
       person text, closed_by text, closed_why text, at timestamptz, closed_at timestamptz)
     on conflict (facility, message_id, digest) do nothing`,
    [`[${lines.join(',')}]`],
  )
}
