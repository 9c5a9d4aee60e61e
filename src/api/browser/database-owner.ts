import type { PGlite } from '@electric-sql/pglite'
import { keepSealing } from '#api/audit/keep-sealing.ts'
import { createHandler } from '#api/handler.ts'
import { createStore } from '#api/sql/create-store.ts'
import { migrate } from '#api/sql/migrate.ts'
import { pgliteSql } from '#api/sql/pglite-sql.ts'
import type { Sql } from '#api/sql/sql.ts'
import { makeBackup, restoreBackup } from './backup.ts'
import { lastBackup } from './backup-store.ts'
import type { Handler } from './call-request.ts'
import { DatabaseMissing, folderOf, openFiles, openMarked, writeMark } from './open-database.ts'
import { readSentinelFile, writeSentinelFile } from './sentinel.ts'
import { downloadSnapshot, snapshotManifest } from './snapshot.ts'
import { chooseStorage, removeFolder } from './storage-kind.ts'
import type { DeviceReport, Remake, Sentinel } from './wire.ts'

export type Running = Readonly<{
  handler: Handler
  sentinel: Sentinel
  /** writes the backup of what has changed */
  backUp: () => Promise<void>
}>

/** Milliseconds between two looks for trail entries to close in a block: a tab has other things to do. */
const sealEvery = 30_000

type Tell = (report: DeviceReport) => void

/** The newer of the two marks: the page's (localStorage) and the file's. */
export async function newestSentinel(ofPage: Sentinel | undefined): Promise<Sentinel | undefined> {
  const ofFile = await readSentinelFile()
  if (!ofPage || !ofFile) return ofPage ?? ofFile
  return ofFile.generation > ofPage.generation ? ofFile : ofPage
}

/** Opens the marked database, or makes the first one. Answers nothing when it can't; `tell` has then said why. */
export async function openOrMake(
  sentinel: Sentinel | undefined,
  tell: Tell,
): Promise<Running | undefined> {
  const isFirst = sentinel === undefined || sentinel.storage === 'memory'
  if (isFirst) return await remake({ how: { from: 'demo' }, before: sentinel, tell })
  try {
    return await bringUp(await openMarked(sentinel), sentinel)
  } catch (cause) {
    const state = cause instanceof DatabaseMissing ? 'missing' : 'unreadable'
    await tellTrouble(tell, state, cause)
    return undefined
  }
}

/** A database of an earlier version is brought up to this one whole, or stays as it was and is let go of. */
async function bringUp(db: PGlite, sentinel: Sentinel): Promise<Running> {
  try {
    return await run(db, sentinel)
  } catch (cause) {
    await db.close().catch(() => undefined)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`They could not be brought up to this version of Gable. ${why}`, { cause })
  }
}

async function tellTrouble(tell: Tell, state: 'missing' | 'unreadable', cause: unknown) {
  const backup = await lastBackup()
  const detail = cause instanceof Error ? cause.message : String(cause)
  const note = backup ? { backup: { madeOn: backup.madeOn, records: backup.records } } : {}
  tell({ state, detail, ...note })
}

type Making = Readonly<{ how: Remake; before: Sentinel | undefined; tell: Tell }>

/** Makes a database in a new place; the old place is given up only when the new one is whole and marked. */
export async function remake({ how, before, tell }: Making): Promise<Running | undefined> {
  tell({ state: 'starting' })
  try {
    const content = await contentOf(how)
    const storage = await chooseStorage()
    const generation = (before?.generation ?? 0) + 1
    await sweep(generation)
    const manifest = await snapshotManifest()
    const snapshot =
      manifest &&
      (await downloadSnapshot(manifest, (progress) => tell({ state: 'starting', progress })))
    const db = await openFiles({ storage, generation }, snapshot)
    const population = manifest ? { population: manifest.version } : {}
    const mark = crypto.randomUUID()
    const since = new Date().toISOString()
    const sentinel: Sentinel = { mark, generation, storage, since, ...population }
    const running = await run(db, sentinel)
    if (content) await restoreBackup(createStore(sqlOf(db)), content)
    await writeMark(db, mark)
    await writeSentinelFile(sentinel)
    if (before) await sweep(before.generation)
    return running
  } catch (cause) {
    await tellTrouble(tell, 'unreadable', cause)
    return undefined
  }
}

async function contentOf(how: Remake): Promise<Blob | undefined> {
  if (how.from === 'file') return how.file
  if (how.from === 'demo') return undefined
  const backup = await lastBackup()
  if (!backup) throw new Error('There is no backup on this device')
  return backup.content
}

async function sweep(generation: number): Promise<void> {
  await removeFolder(folderOf(generation))
  try {
    indexedDB.deleteDatabase(`/pglite/${folderOf(generation)}`)
  } catch {
    // a browser that keeps nothing has nothing to sweep
  }
}

function sqlOf(db: PGlite): Sql {
  return pgliteSql(db, () => db.syncToFs())
}

async function run(db: PGlite, sentinel: Sentinel): Promise<Running> {
  const sql = sqlOf(db)
  await migrate(sql)
  keepSealing(sql, { every: sealEvery })
  return {
    sentinel,
    handler: createHandler({ sql, demo: true }),
    backUp: async () => {
      await makeBackup(createStore(sql), sentinel.since)
    },
  }
}
