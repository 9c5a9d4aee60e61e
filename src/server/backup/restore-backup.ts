import type { Patient } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
import { anyDay } from '#domain/fhir/current-identifier.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { unpack } from '#domain/import/unpack.ts'
import { isSomeoneElse } from '#domain/person/someone-else.ts'
import { assignPatients } from '#server/store/data-migrations/assign-patients.ts'
import { openToPatient } from '#server/store/data-migrations/open-to-patient.ts'
import { ownThreads } from '#server/store/data-migrations/own-threads.ts'
import { writeEndings } from '#server/store/data-migrations/write-endings.ts'
import { sql0017DeletedPeople } from '#server/store/migrations/0017-deleted-people.ts'
import { compareEverybodyAgain } from '#server/store/roster/compare-everybody.ts'
import { noteLeftOn } from '#server/store/roster/note-left-on.ts'
import type { Sql } from '#server/store/sql.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { storedJson, storedRecord } from '#server/store/stored-json.ts'
import { refreshPatientSummaries } from '#server/store/summary/patient-summary.ts'
import { countSourcesAgain } from '#server/store/summary/person-sources.ts'
import { writeRecords } from '#server/store/write.ts'
import { enteredPlacesName, keepEnteredPlaces } from './entered-places.ts'
import { feedBackupNames, keepFeedRows } from './feed-rows-in.ts'
import { keepLastViewed, lastViewedName } from './last-viewed.ts'
import { checkBackup, type Manifest, sha256 } from './manifest.ts'
import { keepMeasureRows, measureBackupNames } from './measure-rows-in.ts'
import { keepMessages, messagesName } from './messages.ts'
import { recordOfLine, type VersionRow } from './ndjson-record.ts'
import { deriveRegistrations, keepRegistrations, registrationsName } from './registrations.ts'
import { restoreAuditLog } from './restore-audit-log.ts'
import {
  keepRuleRuns,
  keepRuleVersions,
  ruleRunsName,
  ruleVersionsName,
} from './rule-versions-in.ts'
import { keepSavedLists, savedListsName } from './saved-lists.ts'
import { BackupFault, type TarEntry, type TarSource } from './tar.ts'

export type RestoreStep = 'read' | 'kept'

type Options = Readonly<{
  now: Date
  /** the service's time zone: when a day ends, and what day it is */
  zone?: string
  /** true: existing records stay, and missing ones are added */
  merge: boolean
  /** true: existing records are removed first, in the same transaction */
  replace?: boolean
  /** lines read, then records written, of how many */
  progress?: (done: number, of: number, step: RestoreStep) => void
  /** further work that is committed or rolled back with it */
  within?: (tx: Sql, manifest: Manifest) => Promise<void>
  /** settles when the records may be written; until then the reader of the progress may stop it */
  beforeKeeping?: () => Promise<void>
  /** aborting undoes everything, up to the moment of the commit */
  stop?: AbortSignal
}>

/** It was stopped before its end: everything is as it was. */
export class RestoreStopped extends Error {
  override name = 'RestoreStopped'
}

/** `kept`: records that are here already and were not changed. */
export type Restored = Readonly<{ manifest: Manifest; records: number; kept: number }>

/**
 * Restores a backup: checks it to its last byte first, then writes it in one transaction, with versions, times and
 * audit log as they were. Throws `BackupFault` and leaves everything as it was if anything is wrong.
 */
export async function restoreBackup(
  sql: Sql,
  source: TarSource,
  options: Options,
): Promise<Restored> {
  const manifest = await checkBackup(source)
  return await sql.transaction(async (tx) => {
    if (options.replace) await takeAllAway(tx)
    if (!options.merge) await mustBeEmpty(tx)
    await tx.script(staging)
    await stage(tx, source, { manifest, ways: options })
    await openConsents(tx)
    await options.beforeKeeping?.()
    await mustBeTheSamePeople(tx)
    const keptCount = await leaveWhatIsHere(tx)
    const records = await keepVersions(tx, options)
    await restoreAuditLog(tx, { merge: options.merge })
    await options.within?.(tx, manifest)
    await mustGoOn(options)
    await tx.script('drop table incoming; drop table incoming_trail; drop table incoming_block')
    return { manifest, records, kept: keptCount }
  })
}

const staging = `
create temporary table incoming (rt text, id text, vid integer, ts timestamptz, person text, org text, room text,
  brought boolean, unvouched text, content jsonb, primary key (rt, id, vid)) on commit drop;
create temporary table incoming_trail (seq bigint primary key, entry json) on commit drop;
create temporary table incoming_block (number bigint primary key, block json) on commit drop`

/**
 * Signed-in users stay signed in, and the database keeps its identity; everything else is removed, and numbers
 * continue.
 */
const notTaken = ['migration', 'device_mark', 'session', 'secret']

async function takeAllAway(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'trail') and tablename <> all($1::text[])`,
    [notTaken],
  )
  await sql.script(`truncate ${rows.map((row) => row.name).join(', ')}`)
}

/** A stop comes as a message: the event loop has to run. */
async function mustGoOn({ stop }: Options): Promise<void> {
  if (!stop) return
  await new Promise((resolve) => setTimeout(resolve))
  if (stop.aborted) throw new RestoreStopped('It was stopped')
}

async function mustBeEmpty(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ records: boolean; trail: boolean }>(
    'select exists (select 1 from resource) as records, exists (select 1 from audit) as trail',
  )
  if (rows[0]?.records)
    throw new BackupFault('There are records here already: use --merge to keep both')
  if (rows[0]?.trail)
    throw new BackupFault(
      'Someone has already signed in here, and the audit log has started: use a new database, or --merge',
    )
}

type Staging = Readonly<{ manifest: Manifest; ways: Options }>

/** The second reading: each file is compared once more, so that nothing can change between check and use. */
async function stage(sql: Sql, source: TarSource, { manifest, ways }: Staging): Promise<void> {
  const notes = new Map(manifest.files.map((file) => [file.name, file]))
  const total = manifest.files.reduce((sum, file) => sum + file.lines, 0)
  let done = 0
  for await (const entry of source()) {
    const note = notes.get(entry.name)
    if (!note) continue
    if ((await sha256(entry.bytes)) !== note.sha256)
      throw new BackupFault(`${entry.name} changed while it was being read`)
    const lines = await linesOf(entry)
    if (lines.length !== note.lines)
      throw new BackupFault(`${entry.name} has too many or too few lines`)
    await stageLines(sql, entry.name, lines)
    done += lines.length
    ways.progress?.(done, total, 'read')
    await mustGoOn(ways)
  }
}

async function linesOf({ name, bytes }: TarEntry): Promise<readonly string[]> {
  try {
    const plain = new TextDecoder().decode(await unpack(new Blob([bytes])))
    return plain.split('\n').filter((line) => line !== '')
  } catch {
    throw new BackupFault(`${name} cannot be unpacked`)
  }
}

type KeepLines = (sql: Sql, lines: readonly string[]) => Promise<void>

/** What is no record, by the name of its file: it is stored at once, beside what is there. */
const keepers: ReadonlyMap<string, KeepLines> = new Map([
  [messagesName, keepMessages],
  [enteredPlacesName, keepEnteredPlaces],
  [lastViewedName, keepLastViewed],
  [savedListsName, keepSavedLists],
  [registrationsName, keepRegistrations],
  [ruleVersionsName, keepRuleVersions],
  [ruleRunsName, keepRuleRuns],
  ...feedBackupNames.map((name): [string, KeepLines] => [
    name,
    (sql, lines) => keepFeedRows(sql, name, lines),
  ]),
  ...measureBackupNames.map((name): [string, KeepLines] => [
    name,
    (sql, lines) => keepMeasureRows(sql, name, lines),
  ]),
])

async function stageLines(sql: Sql, name: string, lines: readonly string[]): Promise<void> {
  const kind = name.split('.')[0]?.replace(/-\d+$/, '') ?? ''
  const keep = keepers.get(kind)
  if (keep) return await keep(sql, lines)
  if (kind === 'trail' || kind === 'trail-blocks') {
    const [table, column, key] =
      kind === 'trail' ? ['incoming_trail', 'entry', 'seq'] : ['incoming_block', 'block', 'number']
    await sql.query(
      `insert into ${table} (${key}, ${column}) select (e->>'${key}')::bigint, e from json_array_elements($1::json) e`,
      [`[${lines.join(',')}]`],
    )
    return
  }
  for (let at = 0; at < lines.length; at += 500) {
    const rows = lines.slice(at, at + 500).map(recordOfLine)
    await sql.query(
      `insert into incoming select * from json_to_recordset($1::json) as i(rt text, id text, vid integer,
        ts timestamptz, person text, org text, room text, brought boolean, unvouched text, content jsonb)`,
      [storedJson(rows)],
    )
  }
}

/** A consent is never hidden from the person: the backup may be from a version with another rule. */
async function openConsents(sql: Sql): Promise<void> {
  await sql.query(
    `update incoming set room = case room when 'sealed' then 'restricted' else 'own' end
     where rt = 'Consent' and room in ('professional', 'sealed')`,
  )
}

/** Merging would add what is said about one person to the record of another who has the same id here. */
async function mustBeTheSamePeople(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ id: string; here: Patient; theirs: Patient }>(
    `select r.id, r.content as here, i.content as theirs from resource r
     join incoming i on i.rt = r.rt and i.id = r.id
     where r.rt = 'Patient' and r.content is not null and i.content is not null
       and i.vid = (select max(n.vid) from incoming n where n.rt = i.rt and n.id = i.id)`,
  )
  const others = rows.filter(({ here, theirs }) =>
    isSomeoneElse(asPatient(here), asPatient(theirs), anyDay),
  )
  if (others.length === 0) return
  const names = others.slice(0, 20).map(({ id }) => `Patient/${id}`)
  throw new BackupFault(
    `Nothing was restored: in this backup ${names.join(', ')} ${names.length === 1 ? 'is a different person' : 'are different people'} than here`,
  )
}

const asPatient = (content: Patient | string): Patient => storedRecord<Patient>(content)

async function leaveWhatIsHere(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ kept: number }>(
    `with gone as (delete from incoming i using resource r where r.rt = i.rt and r.id = i.id returning i.rt, i.id)
     select count(distinct (rt, id))::int as kept from gone`,
  )
  return rows[0]?.kept ?? 0
}

const newest = `(select rt, id, max(vid) as vid from incoming group by rt, id)`

async function keepVersions(sql: Sql, options: Options): Promise<number> {
  await sql.query(
    `insert into history (rt, id, vid, ts, person, org, room, content)
     select i.rt, i.id, i.vid, i.ts, i.person, i.org, i.room, i.content
     from incoming i join ${newest} n on n.rt = i.rt and n.id = i.id where i.vid < n.vid`,
  )
  await sql.query(
    `delete from incoming i using ${newest} n where n.rt = i.rt and n.id = i.id and i.vid < n.vid`,
  )
  const { changed: deleted } = await sql.query(
    `insert into resource (rt, id, vid, ts, person, org, room, content)
     select rt, id, vid, ts, person, org, room, null from incoming where content is null`,
  )
  await sql.query('delete from incoming where content is null')
  return deleted + (await keepCurrent(sql, options))
}

/** Records that others refer to first; records that refer to others last. */
const lateness = `case when rt in ('Organization', 'Practitioner') then 0 when rt = 'PractitionerRole' then 1
  when rt = 'Patient' then 2 when rt = 'Provenance' then 4 else 3 end`

async function keepCurrent(sql: Sql, options: Options): Promise<number> {
  const { now, zone = usualZone } = options
  const { rows: counted } = await sql.query<{ all: number }>(
    'select count(*)::int as "all" from incoming',
  )
  const people = new Set<string>()
  const deps = {
    sql,
    now,
    zone,
    note: () => undefined,
    touch: (person: string) => void people.add(person),
  }
  let after = { late: -1, rt: '', id: '' }
  let records = 0
  for (;;) {
    const { rows } = await sql.query<VersionRow & { late: number }>(
      `select ${lateness} as late, rt, id, person, org, content from incoming
       where (${lateness}, rt, id) > ($1::integer, $2, $3) order by 1, 2, 3 limit 400`,
      [after.late, after.rt, after.id],
    )
    const last = rows.at(-1)
    if (!last) break
    await writeRecords(rows.map(requestOf), deps)
    records += rows.length
    after = last
    options.progress?.(records, counted[0]?.all ?? records, 'kept')
    await mustGoOn(options)
  }
  await asTheyWere(sql)
  await assignPatients(sql)
  await openToPatient(sql, { now, zone })
  await writeEndings(sql, { now, zone })
  await ownThreads(sql, { now, zone })
  await sql.script(sql0017DeletedPeople)
  const ids = [...people]
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500)
    await refreshPatientSummaries(sql, some, { now, zone })
    await deriveRegistrations(sql, some, { now, zone })
    // what was restored of the lists came before anybody had a row to keep it with
    await noteLeftOn(sql, some)
  }
  await countSourcesAgain(sql)
  await compareEverybodyAgain(sql)
  return records
}

function requestOf({ id, person, org, content }: VersionRow): WriteRequest {
  return {
    resource: { ...content, id } as ResourceWithId,
    expect: 'absent',
    ...(person ? { person } : {}),
    ...(org ? { custodian: org } : {}),
  }
}

/** Versions, times, rooms and who was vouched for as they were: the store has numbered them again. */
async function asTheyWere(sql: Sql): Promise<void> {
  await sql.query(
    `update resource r set vid = i.vid, ts = i.ts, room = i.room, brought = i.brought
     from incoming i where r.rt = i.rt and r.id = i.id`,
  )
  await sql.query(
    `update relation l set vouched = false
     from resource r join incoming i on i.rt = r.rt and i.id = r.id
     where l.source_rid = r.rid and l.agent = any(string_to_array(i.unvouched, ' '))`,
  )
  for (const table of ['sp', 'link'])
    await sql.query(
      `update ${table} x set room = r.room
       from resource r join incoming i on i.rt = r.rt and i.id = r.id where x.rid = r.rid and x.room <> r.room`,
    )
}
