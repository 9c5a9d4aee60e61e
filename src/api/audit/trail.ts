import type { Sql } from '#api/sql/sql.ts'
import type { Actor } from '#domain/access/actor.ts'

/** Who did it; `unknown` for somebody who came to sign in and is nobody here. */
type Doer = Omit<Actor, 'role'> & Readonly<{ role: Actor['role'] | 'unknown' }>

/** One look at, or change of, records of people: kept for every request that touched one. */
export type TrailEntry = Readonly<{
  at: Date
  actor: Doer
  /** FHIR audit-event-action */
  act: 'C' | 'R' | 'U' | 'D' | 'E'
  /** the interaction or operation, e.g. `search-type`, `$everything` */
  way: string
  allowed: boolean
  why?: string
  /** for each person, the references looked at or changed (`Goal/g1`) */
  what: ReadonlyMap<string, readonly string[]>
}>

const namedAtMost = 100

const insert = `
  INSERT INTO audit (at, identity, name, role, agent, organisation, act, way, allowed, why, persons, what)
  SELECT * FROM json_to_recordset($1::json) AS e (at timestamptz, identity text, name text, role text, agent text,
    organisation text, act text, way text, allowed boolean, why text, persons text[], what jsonb)`

/** Writes the entries in one statement, through the given connection or transaction. */
export async function writeTrail(sql: Sql, entries: readonly TrailEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql.query(insert, [JSON.stringify(entries.map(rowOf))])
}

function rowOf(entry: TrailEntry): object {
  const { at, actor, act, way, allowed, why, what } = entry
  const { identity, name, role, organisation } = actor
  return {
    ...{ at, identity, name, role, organisation, act, way, allowed, why },
    agent: agentOf(actor),
    persons: [...what.keys()],
    what: Object.fromEntries([...what].map(([who, all]) => [who, act === 'C' ? all : brief(all)])),
  }
}

/** The record of the one who acts, as a reference. */
export function agentOf(actor: Doer): string | undefined {
  if (actor.practitioner) return `Practitioner/${actor.practitioner}`
  if (actor.person) return `Patient/${actor.person}`
  const [first] = actor.caresFor ?? []
  return first && `RelatedPerson/${first.relatedPerson}`
}

/**
 * A whole record at once is told by kind and count: `Observation×120`. What is created is kept name by name all the
 * same, for whoever wrote a record first may take it back.
 */
export function brief(references: readonly string[]): readonly string[] {
  const each = [...new Set(references)]
  if (each.length <= namedAtMost) return each
  const counts = Map.groupBy(each, (reference) => reference.split('/')[0] ?? '')
  return [...counts].map(([type, found]) => `${type}×${found.length}`)
}

/** Looks are written together when many arrive at once, and no answer leaves before its entry is kept. */
export function createTrail(sql: Sql): (entry: TrailEntry) => Promise<void> {
  let waiting: TrailEntry[] = []
  let next: Promise<void> | undefined
  let running: Promise<void> = Promise.resolve()
  async function flush(): Promise<void> {
    await running.catch(() => undefined)
    const entries = waiting
    waiting = []
    next = undefined
    running = writeTrail(sql, entries)
    await running
  }
  return (entry) => {
    waiting.push(entry)
    next ??= flush()
    return next
  }
}
