import { PGlite } from '@electric-sql/pglite'
import * as v from 'valibot'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import type { Sentinel, Storage } from '#server/hosts/browser/tabs/tab-channels.ts'
import { plannerSetting } from '#server/store/planner/planner.ts'
import { DatabaseFiles, IndexedDatabaseFiles } from './database-files.ts'
import { StorageFolder } from './storage-folder.ts'
import { openSyncFile } from './sync-file.ts'

/** There was a database on this device and it is gone, or another one is in its place. */
export class DatabaseMissing extends Error {}

/** There is a database whose creation was interrupted: nothing was ever stored in it. */
export class NeverFinished extends DatabaseMissing {}

/** SQLSTATE */
const noSuchTable = '42P01'

/** 16 MB instead of 128 MB of shared buffers: a browser tab is not a server. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['shared_buffers=16MB', plannerSetting].flatMap((each) => ['-c', each]),
]

/**
 * How many files are opened in advance: those of the snapshot, and a hundred more in reserve. A pool that runs dry counts
 * as a full device: nothing can be saved.
 */
export const filePool = { initialPoolSize: 760, maintainedPoolSize: 100 }

export const folderOf = (generation: number) => `gable-db-${generation}`

/** Where a database is on this device, whatever the markers say: the newest, if there are several. */
export async function placeOnDevice(): Promise<Place | undefined> {
  const [files, databases] = await Promise.all([
    newestOf(foldersOnDevice()),
    newestOf(databasesOnDevice()),
  ])
  if (files > 0 && files >= databases) return { storage: 'opfs', generation: files }
  return databases > 0 ? { storage: 'indexeddb', generation: databases } : undefined
}

/** The highest generation among these names; 0 if there is none, or the browser does not say. */
async function newestOf(names: Promise<readonly string[]>): Promise<number> {
  const found = await names.catch(() => [])
  const generations = found.map((name) =>
    Number(/(?:^|\/)gable-db-(\d{1,9})$/.exec(name)?.[1] ?? 0),
  )
  return Math.max(0, ...generations)
}

async function foldersOnDevice(): Promise<readonly string[]> {
  const names: string[] = []
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
  return names
}

async function databasesOnDevice(): Promise<readonly string[]> {
  return (await indexedDB.databases()).map(({ name = '' }) => name)
}

type Place = Readonly<{ storage: Storage; generation: number }>

/** A database, and whether there is space for what is written to it. */
export type Files = Readonly<{ db: PGlite; room: StorageFolder }>

/** Opens the files at a place; `snapshot` fills an empty place. Knows nothing of their content. */
export async function openFiles(place: Place, snapshot?: Blob): Promise<Files> {
  const room = new StorageFolder()
  const filled = snapshot ? { loadDataDir: snapshot } : {}
  const at = filesAt(place, room)
  try {
    return { db: await PGlite.create({ ...at, startParams, ...filled }), room }
  } catch (cause) {
    // open files cannot be deleted
    await at.fs?.closeFs().catch(() => undefined)
    throw cause
  }
}

function filesAt({ storage, generation }: Place, room: StorageFolder) {
  const folder = folderOf(generation)
  if (storage === 'opfs') return { fs: new DatabaseFiles(folder, { room, pool: filePool }) }
  if (storage === 'indexeddb') return { fs: new IndexedDatabaseFiles(folder, room) }
  return { dataDir: 'memory://' }
}

/** A database that was opened, and its marker. */
type Marked = Files & Readonly<{ sentinel: Sentinel }>

/**
 * Opens the database that the sentinel names. Rejects with `DatabaseMissing` if it is not there, if its file list is
 * damaged (which would otherwise open empty, without an error), or if it is not the one that was marked. If both
 * markers outside are gone (`mark` is empty) the one inside decides.
 */
export async function openMarked(sentinel: Sentinel): Promise<Marked> {
  if (sentinel.storage === 'memory') throw new DatabaseMissing('It was kept in memory only')
  if (sentinel.storage === 'opfs') await expectFileList(folderOf(sentinel.generation))
  else await expectIndexedDb(`/pglite/${folderOf(sentinel.generation)}`)
  const files = await openFiles(sentinel)
  const { db } = files
  try {
    const mark = await markIn(db)
    if (sentinel.mark !== '' && mark !== sentinel.mark)
      throw new DatabaseMissing('Another database is in its place')
    return { ...files, sentinel: { ...sentinel, mark } }
  } catch (cause) {
    await db.close().catch(() => undefined)
    if (cause instanceof DatabaseMissing) throw cause
    throw new DatabaseMissing('Its records are missing', { cause })
  }
}

async function markIn(db: PGlite): Promise<string> {
  try {
    const { rows } = await db.query<{ mark: string }>('select mark from device_mark')
    if (rows[0]) return rows[0].mark
  } catch (cause) {
    if ((cause as { code?: unknown } | null)?.code !== noSuchTable) throw cause
  }
  throw new NeverFinished('It was never completed')
}

/** Writes the marker into a new database. */
export async function writeMark(db: PGlite, mark: string): Promise<void> {
  await db.exec('create table if not exists device_mark (mark text primary key)')
  await db.query('delete from device_mark')
  await db.query('insert into device_mark (mark) values ($1)', [mark])
  await db.syncToFs()
}

async function expectFileList(folder: string): Promise<void> {
  const text = await fileList(folder)
  const [base] = text.split('\n')
  const state = checkedJson(v.looseObject({ root: v.unknown() }), base)
  // a list that can't be read is a database that can't be found
  if (state?.root && text.includes('PG_VERSION')) return
  throw new DatabaseMissing('Its list of files is damaged')
}

async function fileList(folder: string): Promise<string> {
  try {
    const root = await navigator.storage.getDirectory()
    const directory = await root.getDirectoryHandle(folder)
    const file = await directory.getFileHandle('state.txt')
    await untilReleased(file)
    return await mended(file)
  } catch (cause) {
    throw new DatabaseMissing('Its files are missing', { cause })
  }
}

/** Removes incomplete lines from the list: with one of them in it, no record would be found any more. */
async function mended(file: FileSystemFileHandle): Promise<string> {
  const text = await (await file.getFile()).text()
  const whole = withoutTornLines(text)
  if (whole === text) return text
  const handle = await openSyncFile(file)
  const content = new TextEncoder().encode(whole)
  handle.write(content, { at: 0 })
  handle.truncate(content.length)
  handle.close()
  return whole
}

/**
 * What such a line should describe had not been done yet. Without its first line nothing can be said about the others.
 */
export function withoutTornLines(text: string): string {
  const [base = '', ...lines] = text.split('\n')
  return [base, ...lines.filter(isWhole)].join('\n')
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line || '0')
    return true
  } catch {
    return false
  }
}

/** The browser releases a closed tab's files a moment after it releases its lock. */
async function untilReleased(file: FileSystemFileHandle): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      const handle = await openSyncFile(file)
      handle.close()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function expectIndexedDb(name: string): Promise<void> {
  if (!('databases' in indexedDB)) return
  const all = await indexedDB.databases()
  if (!all.some((each) => each.name === name)) throw new DatabaseMissing('Its files are not there')
}
