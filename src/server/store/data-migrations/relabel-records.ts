import {
  type AccessLabel,
  namedAccessLabels,
  staffAccessLabels,
} from '#domain/access/labels/access-label.ts'
import { speakingTypes } from '#domain/access/record-owner.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { setAccessLabel } from '#server/store/access/access-labels.ts'
import { nobodyInParticular } from '#server/store/access/record-owner.ts'
import { type PreparedWrite, prepareWrite } from '#server/store/prepare-write.ts'
import type { Sql } from '#server/store/sql.ts'
import { refreshPatientSummaries } from '#server/store/summary/patient-summary.ts'

type Row = Readonly<{
  rid: number
  person: string | null
  room: AccessLabel
  content: ResourceWithId | string
}>

export type Placed = Readonly<{ row: Row; prepared: PreparedWrite }>

const perPage = 400

/** What the previous version did not know: labels that restrict, and access through a role that can end. */
const labelledOrByRole = `(content->'meta' ? 'security' or (content::text like '%"PractitionerRole/%'
  and rt in ('Patient', 'CareTeam', 'ServiceRequest', 'Task', 'EpisodeOfCare')))`

const closedRooms: readonly AccessLabel[] = [
  ...new Set<AccessLabel>([...namedAccessLabels, ...staffAccessLabels, 'own']),
]

/** Types that may refer to a record that is hidden from some users. */
const speaking = `rt in (${quoted(speakingTypes)}) and person in (
  select c.person from resource c where c.room in (${quoted(closedRooms)}))`

/**
 * Moves the records of a version that knew neither restricted records nor access by name to the rooms where they would
 * be if they were written today, and updates relations and lists. Versions and times stay as they are.
 */
export async function relabelRecords(sql: Sql, clock: Clock): Promise<void> {
  const people = new Set<string>()
  for await (const page of placed(sql, labelledOrByRole, clock))
    for (const each of page) {
      await moveTo(sql, each)
      await relateAnew(sql, each)
      people.add(each.row.person ?? '')
    }
  await closeSpeaking(sql, clock)
  await refreshPatientSummaries(sql, [...people].filter(Boolean), clock)
}

/** Until nothing moves: a comment may be on a comment on a note between professionals. */
async function closeSpeaking(sql: Sql, clock: Clock): Promise<void> {
  for (let moved = 1; moved > 0; ) {
    moved = 0
    for await (const page of placed(sql, speaking, clock))
      for (const each of page) if (await moveTo(sql, each)) moved += 1
  }
}

/** The current records that fulfil a condition, each with the room where it would be if it were written today. */
export async function* placed(
  sql: Sql,
  which: string,
  clock: Clock,
): AsyncGenerator<readonly Placed[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<Row>(
      `select rid, person, room, content from resource
       where content is not null and rid > $1::bigint and ${which} order by rid limit ${perPage}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    const prepared = await prepareWrite(sql, rows.map(requestOf), clock)
    yield rows.flatMap((row, at) => (prepared[at] ? [{ row, prepared: prepared[at] }] : []))
    after = Number(last.rid)
  }
}

function requestOf({ content, person }: Row) {
  const resource = typeof content === 'string' ? JSON.parse(content) : content
  return { resource, expect: 'anything' as const, ...(person ? { person } : {}) }
}

async function moveTo(sql: Sql, { row, prepared }: Placed): Promise<boolean> {
  if (prepared.room === row.room) return false
  await setAccessLabel(sql, row.rid, prepared.room)
  return true
}

async function relateAnew(sql: Sql, { row, prepared }: Placed): Promise<void> {
  if (!row.person || row.person === nobodyInParticular) return
  await sql.query(`delete from relation where source_rid = $1 and kind <> 'custodian'`, [row.rid])
  await sql.query(
    `insert into relation (person, source_rid, kind, org, agent, until, role, own_until)
     select $1, $2, l.kind, l.org, l.agent, l.until, l.role, l."ownUntil" from json_to_recordset($3::json) as l(
       kind text, org text, agent text, until timestamptz, role text, "ownUntil" timestamptz)`,
    [row.person, row.rid, JSON.stringify(prepared.relations)],
  )
}

export function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
