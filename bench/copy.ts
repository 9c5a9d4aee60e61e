import pg from 'pg'

/** A query of pg’s own kind that sends text by COPY, which its queries alone cannot. */
class CopyIn extends pg.Query {
  readonly #parts: Iterator<string>
  constructor(statement: string, parts: Iterable<string>, done: (error?: Error) => void) {
    super({ text: statement }, (error) => done(error ?? undefined))
    this.#parts = parts[Symbol.iterator]()
  }
  handleCopyInResponse(connection: Sender): void {
    for (let part = this.#parts.next(); !part.done; part = this.#parts.next())
      connection.sendCopyFromChunk(Buffer.from(part.value))
    connection.endCopyFrom()
  }
}

type Sender = { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }

/** Copies one JSON record a line into the only column of a table, in one COPY of a connection of its own. */
export async function copyJson(url: string, table: string, lines: Iterable<string>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  // characters that JSON never has as they are, so that each line is taken as it stands
  const statement = `copy ${table} from stdin with (format csv, quote e'\\x01', delimiter e'\\x02')`
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error) => (error ? reject(error) : resolve())
      client.query(new CopyIn(statement, lines, done) as never)
    })
  } finally {
    await client.end()
  }
}
