import type { Resource } from '@medplum/fhirtypes'
import {
  type AccessLabel,
  staffAccessLabels,
  staysOpenToPatient,
  strictestLabel,
} from '#domain/access/labels/access-label.ts'
import { namesPerson } from '#domain/access/names-person.ts'
import { speakingTypes, speaksOf } from '#domain/access/record-owner.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import { setAccessLabel } from '#server/store/access/access-labels.ts'
import { prepareWrite } from '#server/store/prepare-write.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Placed, placed, quoted } from './relabel-records.ts'

const hidden = `room in (${quoted(staffAccessLabels)})`

/**
 * Earlier versions hid a person’s own record from the person if it referred to something between professionals. Such a
 * record opens to the person, with its earlier versions and what refers to it; from everybody else it stays as hidden
 * as it was. What has a label stays restricted, and so does what is about the note itself.
 */
export async function openToPatient(sql: Sql, clock: Clock): Promise<void> {
  const opening = { opened: new Set<string>(), clock }
  for await (const each of hiddenOnes(sql, `rt <> 'RiskAssessment'`, clock))
    if (belongsToPatient(each)) await open(sql, each, opening)
  for (let before = -1; before !== opening.opened.size; ) {
    before = opening.opened.size
    await openSpeaking(sql, opening)
  }
}

async function openSpeaking(sql: Sql, opening: Opening): Promise<void> {
  for await (const each of hiddenOnes(sql, `rt in (${quoted(speakingTypes)})`, opening.clock))
    if (speaksOf(each.prepared.content).some((name) => opening.opened.has(name)))
      await open(sql, each, opening)
}

async function* hiddenOnes(sql: Sql, which: string, clock: Clock): AsyncGenerator<Placed> {
  for await (const page of placed(sql, `${hidden} and ${which}`, clock)) yield* page
}

const belongsToPatient = ({ prepared: { content } }: Placed) =>
  namesPerson(content) || staysOpenToPatient(content)

/** The room of a record from now on; undefined: the same as before. */
function roomFor(stood: AccessLabel, today: AccessLabel): AccessLabel | undefined {
  if (staffAccessLabels.includes(today)) return undefined
  return stood === 'sealed' ? strictestLabel(today, ['restricted']) : today
}

type Opening = Readonly<{ opened: Set<string>; clock: Clock }>

async function open(sql: Sql, { row, prepared }: Placed, { opened, clock }: Opening) {
  const { content, request } = prepared
  const room = roomFor(row.room, prepared.room)
  if (!room) return
  await setAccessLabel(sql, row.rid, room)
  await openVersions(sql, { type: content.resourceType, id: request.resource.id }, clock)
  opened.add(`${content.resourceType}/${request.resource.id}`)
}

type Version = Readonly<{
  vid: number
  person: string | null
  room: AccessLabel
  content: Resource | string
}>

async function openVersions(
  sql: Sql,
  { type, id }: Readonly<{ type: string; id: string }>,
  clock: Clock,
): Promise<void> {
  const { rows } = await sql.query<Version>(
    `select vid, person, room, content from history
     where rt = $1 and id = $2 and content is not null and ${hidden} order by vid`,
    [type, id],
  )
  for (const { vid, person, room, content } of rows) {
    const resource = typeof content === 'string' ? JSON.parse(content) : content
    const request = { resource, expect: 'anything' as const, ...(person ? { person } : {}) }
    const [today] = await prepareWrite(sql, [request], clock)
    const to = today && roomFor(room, today.room)
    if (to)
      await sql.query('update history set room = $4 where rt = $1 and id = $2 and vid = $3', [
        ...[type, id, vid, to],
      ])
  }
}
