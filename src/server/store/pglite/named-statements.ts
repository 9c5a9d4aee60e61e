import { type PGlite, parse, protocol } from '@electric-sql/pglite'

/** The part of PGlite that runs a named statement. */
export type Naming = Pick<PGlite, 'execProtocolStream' | 'runExclusive' | 'serializers' | 'parsers'>

type Named = Readonly<{ name: string; types: readonly number[] }>
type Parsers = Naming['parsers']
type Answer = Readonly<{ rows: unknown[]; affectedRows?: number }>

const { serialize } = protocol

/**
 * How many statements stay named: searches have as many texts as there are queries, and each takes memory of the tab.
 */
const most = 100

/**
 * The named statements of one PGlite. `query` parses and plans at each call, which takes most of the time of a short
 * statement (0.72 ms of 0.86 for one record, 3.5 of 4.7 for a write; 29 November 2026); under a name it is planned only
 * a few times, as on PostgreSQL. To be used within a transaction.
 */
class NamedStatements {
  readonly #pglite: Naming
  readonly #named = new Map<string, Named>()
  /** expired names, closed with the next query */
  #left: string[] = []
  #count = 0
  #parsers: Readonly<{ own: Parsers; all: Parsers }> | undefined

  constructor(pglite: Naming) {
    this.#pglite = pglite
  }

  /** `own` parsers for the types they name, by PostgreSQL’s numbers. Rejects with the database’s error, as `query` does. */
  async query(text: string, params: readonly unknown[], own: Parsers): Promise<Answer> {
    return await this.#pglite.runExclusive(async () => {
      const { name, types } = this.#named.get(text) ?? (await this.#read(text))
      const values = params.map((value, at) => this.#written(value, types[at] ?? 0))
      const messages = await this.#ask(
        serialize.bind({ statement: name, values }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
      )
      if (this.#parsers?.own !== own)
        this.#parsers = { own, all: { ...this.#pglite.parsers, ...own } }
      return parse.parseResults(messages, this.#parsers.all)[0] ?? { rows: [] }
    })
  }

  /** A parsed statement depends on tables that a script may have changed. */
  forget(): void {
    this.#left.push(...[...this.#named.values()].map(({ name }) => name))
    this.#named.clear()
  }

  async #read(text: string): Promise<Named> {
    const [oldest] = this.#named
    if (oldest && this.#named.size >= most) {
      this.#named.delete(oldest[0])
      this.#left.push(oldest[1].name)
    }
    this.#count += 1
    const name = `gable_${this.#count}`
    const messages = await this.#ask(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    )
    const named = { name, types: parse.parseDescribeStatementResults(messages) }
    this.#named.set(text, named)
    return named
  }

  #written(value: unknown, type: number): string | null {
    if (value === null || value === undefined) return null
    return this.#pglite.serializers[type]?.(value) ?? String(value)
  }

  async #ask(...parts: readonly Uint8Array[]) {
    const closing = this.#left.map((name) => serialize.close({ type: 'S', name }))
    this.#left = []
    const message = joined([...closing, ...parts, serialize.sync()])
    return await this.#pglite.execProtocolStream(message, { syncToFs: false })
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** Stored on the PGlite itself: its names last as long as it does, whatever happens to our modules. */
const symbol = Symbol.for('gable.named-statements')

type Keeping = Naming & { [symbol]?: NamedStatements }

/** The named statements of this PGlite, for every caller. */
export function namedStatements(pglite: Keeping): NamedStatements {
  pglite[symbol] ??= new NamedStatements(pglite)
  return pglite[symbol]
}
