import type { Resource } from '@medplum/fhirtypes'
import {
  type AccessLabel,
  accessLabelOf,
  labelsAsSeenByPatient,
  strictestLabel,
} from '#domain/access/labels/access-label.ts'
import { speakingTypes, speaksOf } from '#domain/access/record-owner.ts'
import type { Sql } from '#server/store/sql.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Placed = { request: WriteRequest; content: Resource; room: AccessLabel }

/** Determines the room of each record; queries only records that others refer to and that are not in the same write. */
export async function assignAccessLabels(sql: Sql, placed: readonly Placed[]): Promise<void> {
  const rooms = new Map<string, AccessLabel>()
  for (const each of placed) {
    each.room = each.request.room ?? accessLabelOf(each.content)
    rooms.set(nameOf(each), each.room)
  }
  const speaking = placed
    .filter((each) => each.request.room === undefined)
    .map((each) => ({ each, about: speaksOf(each.content) }))
    .filter(({ about }) => about.length > 0)
  const names = new Set(speaking.flatMap(({ about }) => about))
  for (const name of rooms.keys()) names.delete(name)
  for (const { name, room } of await roomsOf(sql, [...names])) rooms.set(name, room)
  // a comment may be on a comment in the same write: until nothing changes, and no longer than a chain can be
  for (let turns = speaking.length; turns >= 0; turns--) if (!settle(speaking, rooms)) return
}

type Speaking = Readonly<{ each: Placed; about: readonly string[] }>

/** True if a record moved to another room. */
function settle(speaking: readonly Speaking[], rooms: Map<string, AccessLabel>): boolean {
  let moved = false
  for (const { each, about } of speaking) {
    const room = accessLabelOf(
      each.content,
      about.flatMap((name) => rooms.get(name) ?? []),
    )
    moved ||= room !== each.room
    each.room = room
    rooms.set(nameOf(each), room)
  }
  return moved
}

const nameOf = ({ content, request }: Placed) => `${content.resourceType}/${request.resource.id}`

async function roomsOf(
  sql: Sql,
  names: readonly string[],
): Promise<readonly { name: string; room: AccessLabel }[]> {
  if (names.length === 0) return []
  const { rows } = await sql.query<{ name: string; room: AccessLabel }>(
    `select rt || '/' || id as name, room from resource where (rt, id) in (
      select split_part(n, '/', 1), split_part(n, '/', 2) from unnest($1::text[]) n)`,
    [names],
  )
  return rows
}

type Moved = Readonly<{ person: string; name: string; room: AccessLabel }>

const placedTables = ['resource', 'sp', 'link'] as const

/**
 * Propagates a stricter label to every record that refers to it, transitively: a comment on a note that is now between
 * professionals is so, too. Opening the note again opens nothing else.
 */
export async function propagateAccessLabels(sql: Sql, moved: readonly Moved[]): Promise<void> {
  for (let next = moved; next.length > 0; ) {
    const further: Moved[] = []
    for (const each of next) further.push(...(await closeAboutOne(sql, each)))
    next = further
  }
}

type Speaker = Readonly<{
  rid: number
  name: string
  room: AccessLabel
  content: Resource | string
}>

async function closeAboutOne(sql: Sql, { person, name, room }: Moved): Promise<readonly Moved[]> {
  const further: Moved[] = []
  const { rows } = await sql.query<Speaker>(
    `select rid, rt || '/' || id as name, room, content from resource
     where person = $1 and rt = any($2::text[]) and content is not null`,
    [person, speakingTypes],
  )
  for (const row of rows) {
    const content = storedRecord(row.content)
    const closed = strictestLabel(row.room, labelsAsSeenByPatient(content, [room]))
    if (closed === row.room || !speaksOf(content).includes(name)) continue
    await setAccessLabel(sql, row.rid, closed)
    further.push({ person, name: row.name, room: closed })
  }
  return further
}

/** Moves a record, and its index rows, to a room. */
export async function setAccessLabel(sql: Sql, rid: number, room: AccessLabel): Promise<void> {
  for (const table of placedTables)
    await sql.query(`update ${table} set room = $2 where rid = $1`, [rid, room])
}
