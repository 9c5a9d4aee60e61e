import type { Communication } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { writeRecords } from '#server/store/write.ts'

/** Why a carer stopped, as one version of the carer’s record said it. */
export type SaidInCarer = Readonly<{
  id: string
  person: string
  room: AccessLabel
  vid: number
  words: string
}>

const ours = `jsonb_build_object('ours', '${gableUrl('ended-why')}'::text)`
const isOurs = `'$[*] ? (@.url == $ours)', ${ours}`
const isOther = `'$[*] ? (@.url != $ours)', ${ours}`

/** What earlier versions of Gable wrote into the records of carers, the oldest version first. */
export async function endingsInCarers(sql: Sql): Promise<readonly SaidInCarer[]> {
  const of = (table: string) =>
    `select t.id, t.vid, t.room, t.person, e ->> 'valueString' as words
     from ${table} t, jsonb_path_query(t.content -> 'extension', ${isOurs}) e
     where t.rt = 'RelatedPerson' and t.content is not null and t.person is not null
       and coalesce(e ->> 'valueString', '') <> ''`
  const { rows } = await sql.query<SaidInCarer>(
    `select * from (${of('history')} union all ${of('resource')}) said order by id, vid`,
  )
  return rows
}

/**
 * Why a carer stopped becomes a record of its own, for the person and professionals, and is taken out of every version of
 * the carer’s record, which other carers read. It is written like any record, so that it is searched and exported like
 * one; what was said before, as its earlier version. Who said it is not known. `before`: what a script has taken out
 * already.
 */
export async function writeEndings(
  sql: Sql,
  clock: Clock,
  before: readonly SaidInCarer[] = [],
): Promise<void> {
  const said = [...before, ...(await endingsInCarers(sql))]
  for (const [, versions] of Map.groupBy(said, ({ id }) => id))
    for (const each of versions.filter(isNewWords)) await write(sql, clock, endingOf(each))
  await takeOut(sql, 'resource')
  await takeOut(sql, 'history')
  for (const each of await notIndexed(sql)) await write(sql, clock, each)
}

const isNewWords = ({ words }: SaidInCarer, at: number, all: readonly SaidInCarer[]) =>
  words !== all[at - 1]?.words

type Ending = Readonly<{ resource: ResourceWithId; person: string; room: AccessLabel }>

/** The same as the script of migration 0031 made it. */
function endingOf({ id: carer, person, room, words }: SaidInCarer): Ending {
  const id = `carer-ended-${carer}`.slice(0, 64)
  const resource: Communication & { id: string } = {
    ...{ resourceType: 'Communication', id, status: 'completed' },
    category: [ownCode('carer-ended')],
    subject: { reference: `Patient/${person}` },
    about: [{ reference: `RelatedPerson/${carer}` }],
    payload: [{ contentString: words }],
  }
  return { resource, person, room: closed.includes(room) ? room : 'own' }
}

/** As restricted as the carer’s record. */
const closed: readonly AccessLabel[] = ['restricted', 'sealed', 'professional']

async function write(sql: Sql, clock: Clock, { resource, person, room }: Ending): Promise<void> {
  const deps = { sql, ...clock, note: () => undefined, touch: () => undefined }
  await writeRecords([{ resource, person, room, expect: 'anything' }], deps)
}

/** FHIR knows no empty list. */
async function takeOut(sql: Sql, table: 'resource' | 'history'): Promise<void> {
  await sql.query(
    `update ${table} t set content = case
        when jsonb_path_exists(t.content -> 'extension', ${isOther})
        then jsonb_set(t.content, '{extension}', jsonb_path_query_array(t.content -> 'extension', ${isOther}))
        else t.content - 'extension' end
      where t.rt = 'RelatedPerson' and t.content is not null
        and jsonb_path_exists(t.content -> 'extension', ${isOurs})`,
  )
}

type Row = Readonly<{ id: string; person: string; room: AccessLabel; content: unknown }>

/** Those that the script of migration 0031 put in, and no search finds. */
async function notIndexed(sql: Sql): Promise<readonly Ending[]> {
  const { rows } = await sql.query<Row>(
    `select r.id, r.person, r.room, r.content from resource r
     where r.rt = 'Communication' and r.content is not null and r.person is not null
       and r.content -> 'category' @> $1::jsonb and not exists (select 1 from idx i where i.rid = r.rid)
     order by r.rid`,
    [JSON.stringify([{ coding: [{ system: gableCodeSystem, code: 'carer-ended' }] }])],
  )
  return rows.map(({ id, content, ...place }) => ({
    ...place,
    resource: { ...(storedRecord(content) as Communication), id },
  }))
}
