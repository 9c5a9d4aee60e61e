import { sha256Hex } from '#server/sha256.ts'
/** A row of the table `audit` as it is read for hashing: times as text to the microsecond, whatever the driver. */
export type AuditRow = Readonly<{
  seq: number
  at: string
  identity: string
  name: string
  role: string
  agent: string | null
  organisation: string | null
  act: string
  way: string
  allowed: boolean
  why: string | null
  persons: readonly string[]
  what: Readonly<Record<string, readonly string[]>>
  /** the query */
  asked: string | null
  /** when it was restored from another database */
  came: string | null
}>

const instant = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`

export const auditColumns = `seq, ${instant('at')}, identity, name, role, agent, organisation, act, way, allowed, why,
  to_json(persons) as persons, what, asked, ${instant('came')}`

/** One block of the chain. `rows`: each entry's number with the SHA-256 of its content. */
export type Block = Readonly<{
  number: number
  /** instant, ISO 8601 with milliseconds */
  at: string
  rows: readonly (readonly [seq: number, digest: string])[]
  /** hash of the block before; 64 zeros for the first */
  previous: string
  hash: string
}>

export const noBlock = '0'.repeat(64)

/**
 * How an entry and a block are turned into bytes. A change of it starts a new chain and never alters an old one: a
 * field that earlier entries did not have is added only if it is present.
 */
const form = 'gable-trail-1'

export function digestOf(row: AuditRow): string {
  const { seq, at, identity, name, role, agent, organisation, act, way, allowed, why } = row
  const what = Object.entries(row.what).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const said = [seq, at, identity, name, role, agent, organisation, act, way, allowed, why]
  const further = row.asked === null && row.came === null ? [] : [row.asked, row.came]
  return sha256Hex(JSON.stringify([form, ...said, row.persons, what, ...further]))
}

export function hashOf(block: Omit<Block, 'hash'>): string {
  const { number, at, rows, previous } = block
  return sha256Hex(JSON.stringify([form, number, at, previous, rows]))
}
