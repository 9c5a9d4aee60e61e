import type { Actor } from '#domain/access/actor.ts'
import type { Sql } from '#server/store/sql.ts'

/** Who did it; `unknown` for somebody who tried to sign in and has no record here. */
type Doer = Omit<Actor, 'role'> & Readonly<{ role: Actor['role'] | 'unknown' }>

/** One read or change of people's records: stored for every request that touched one. */
export type AuditEntry = Readonly<{
  /** the service's own clock; the database's is what is stored */
  at: Date
  actor: Doer
  /** FHIR audit-event-action */
  act: 'C' | 'R' | 'U' | 'D' | 'E'
  /** the interaction or operation, e.g. `search-type`, `$everything` */
  way: string
  allowed: boolean
  why?: string
  /** for each person, the references read or changed (`Goal/g1`) */
  what: ReadonlyMap<string, readonly string[]>
  /** the query, in the form of `auditQueryText` */
  asked?: string
}>

const namedAtMost = 100

/** The database sets the number and the time, whatever `at` says; nothing else adds to the audit log. */
const append = 'SELECT trail.append($1::json)'

/** Writes the entries in one statement, through the given connection or transaction. */
export async function writeAuditLog(sql: Sql, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql.query(append, [JSON.stringify(entries.map(rowOf), keepable)])
}

/** Text comes from callers too: what the database cannot store in a text is left out. */
function keepable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
}

function rowOf(entry: AuditEntry): object {
  const { at, actor, act, way, allowed, why, what, asked } = entry
  const { identity, name, role, organisation } = actor
  return {
    ...{ at, identity, name, role, organisation, act, way, allowed, why, asked },
    agent: agentOf(actor),
    persons: [...what.keys()],
    what: Object.fromEntries([...what].map(([who, all]) => [who, act === 'C' ? all : brief(all)])),
  }
}

/** The actor's record, as a reference. */
export function agentOf(actor: Doer): string | undefined {
  if (actor.practitioner) return `Practitioner/${actor.practitioner}`
  if (actor.person) return `Patient/${actor.person}`
  const [first] = actor.caresFor ?? []
  return first && `RelatedPerson/${first.relatedPerson}`
}

/**
 * Many records at once are stored as type and count: `Observation×120`. Created records are always stored by name,
 * because a user who wrote a record alone may delete it.
 */
export function brief(references: readonly string[]): readonly string[] {
  const each = [...new Set(references)]
  if (each.length <= namedAtMost) return each
  const counts = Map.groupBy(each, (reference) => reference.split('/')[0] ?? '')
  return [...counts].map(([type, found]) => `${type}×${found.length}`)
}

/**
 * Entries of reads are written together if many arrive at once, and no answer is sent before its entry is stored. If
 * they cannot be stored together, each is stored separately: one bad entry must not block the rest.
 */
export function createAuditLog(sql: Sql): (entry: AuditEntry) => Promise<void> {
  let waiting: AuditEntry[] = []
  let next: Promise<Failures> | undefined
  let running: Promise<unknown> = Promise.resolve()
  async function flush(): Promise<Failures> {
    await running
    const entries = waiting
    waiting = []
    next = undefined
    const written = writtenEach(sql, entries)
    running = written
    return await written
  }
  return async (entry) => {
    waiting.push(entry)
    next ??= flush()
    const failures = await next
    if (failures.has(entry)) throw failures.get(entry)
  }
}

type Failures = ReadonlyMap<AuditEntry, unknown>

/** Never rejects: returns which entries it could not store, and why. */
async function writtenEach(sql: Sql, entries: readonly AuditEntry[]): Promise<Failures> {
  try {
    await writeAuditLog(sql, entries)
    return new Map()
  } catch (cause) {
    if (entries.length === 1) return new Map(entries.map((entry) => [entry, cause]))
  }
  const failures = new Map<AuditEntry, unknown>()
  for (const entry of entries)
    await writeAuditLog(sql, [entry]).catch((cause: unknown) => failures.set(entry, cause))
  return failures
}
