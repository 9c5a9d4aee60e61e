import type { PGlite } from '@electric-sql/pglite'
import { demoIdentities } from '#demo-data/identities.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { startHashChainJob } from '#server/audit/hash-chain-job.ts'
import { createHandler } from '#server/handler.ts'
import { isWhole, makeBrowserBackup, replayChanges } from '#server/hosts/browser/backup.ts'
import {
  backupBaseline,
  baselineFile,
  baselineStart,
  rebuildFromBaseline,
} from '#server/hosts/browser/backup-baseline.ts'
import { lastBackup } from '#server/hosts/browser/backup-store.ts'
import type { CallHandler } from '#server/hosts/browser/tabs/call-request.ts'
import {
  type CarriedCalls,
  carriedCalls,
  carryCalls,
} from '#server/hosts/browser/tabs/carried-calls.ts'
import type { DeviceReport, Remake, Sentinel } from '#server/hosts/browser/tabs/tab-channels.ts'
import { isFull } from '#server/http/database-error.ts'
import { migrate } from '#server/migrate.ts'
import { startCounting } from '#server/outcome/start-counting.ts'
import { createStore } from '#server/store/create-store.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'
import { startComparing } from '#server/store/roster/compare-everybody.ts'
import { keepAnalysed } from './keep-analysed.ts'
import { keptSql } from './kept-sql.ts'
import {
  DatabaseMissing,
  type Files,
  folderOf,
  NeverFinished,
  openFiles,
  openMarked,
  placeOnDevice,
  writeMark,
} from './open-database.ts'
import { readSentinelFile, writeSentinelFile } from './sentinel.ts'
import { downloadSnapshot, snapshotManifest } from './snapshot.ts'
import { type StorageFolder, storageFull } from './storage-folder.ts'
import { chooseStorageKind, removeFolder } from './storage-kind.ts'

export type DatabaseOwner = Readonly<{
  handler: CallHandler
  room: StorageFolder
  sentinel: Sentinel
  /** writes the backup of what has changed */
  backUp: () => Promise<void>
  /** what could not be stored since the storage was full, for the worker that opens the records again */
  carried: () => Promise<CarriedCalls | undefined>
  /** stores what another worker could not */
  bring: (carried: CarriedCalls) => Promise<void>
  /** called when everything was replaced by a backup */
  onReplaced: (listener: () => void) => void
}>

/** Milliseconds between two checks for audit entries to close in a block: a tab has other things to do. */
const sealEvery = 30_000

type Tell = (report: DeviceReport) => void

/**
 * The newer of the two markers: the page's (localStorage) and the file's. If both are gone there may still be a
 * database: it is used as it is, so that nothing is created over it.
 */
export async function newestSentinel(ofPage: Sentinel | undefined): Promise<Sentinel | undefined> {
  const ofFile = await readSentinelFile()
  if (ofFile?.unfinished) return ofPage
  if (!ofPage && !ofFile) return await unmarked()
  if (!ofPage || !ofFile) return ofPage ?? ofFile
  return ofFile.generation > ofPage.generation ? ofFile : ofPage
}

/** It is not known since when its records count as changed: so all of them do. */
async function unmarked(): Promise<Sentinel | undefined> {
  const place = await placeOnDevice()
  return place && { ...place, mark: '', since: new Date(0).toISOString() }
}

/** Opens the marked database, or creates the first one. Returns nothing if it cannot; `tell` has then reported why. */
export async function openOrMake(
  sentinel: Sentinel | undefined,
  tell: Tell,
): Promise<DatabaseOwner | undefined> {
  const isFirst = sentinel === undefined || sentinel.storage === 'memory'
  if (isFirst) return await rebuildDatabase({ how: { from: 'demo' }, before: sentinel, tell })
  try {
    const marked = await openMarked(sentinel)
    if (sentinel.mark === '') await writeSentinelFile(marked.sentinel)
    return await bringUp(marked, marked.sentinel)
  } catch (cause) {
    if (sentinel.mark === '' && cause instanceof NeverFinished)
      return await rebuildDatabase({ how: { from: 'demo' }, before: sentinel, tell })
    const state = cause instanceof DatabaseMissing ? 'missing' : 'unreadable'
    await tellTrouble(tell, state, cause)
    return undefined
  }
}

/** A database of an earlier version is upgraded completely, or stays as it was and is closed. */
async function bringUp(files: Files, sentinel: Sentinel): Promise<DatabaseOwner> {
  try {
    return await run(files, sentinel)
  } catch (cause) {
    await files.db.close().catch(() => undefined)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`They could not be updated to this version of Gable. ${why}`, { cause })
  }
}

async function tellTrouble(tell: Tell, state: 'missing' | 'unreadable', cause: unknown) {
  if (isFull(cause)) return tell({ state: 'full' })
  const backup = await lastBackup()
  const detail = cause instanceof Error ? cause.message : String(cause)
  const note = backup ? { backup: { madeOn: backup.madeOn, records: backup.records } } : {}
  tell({ state, detail, ...note })
}

type Making = Readonly<{
  how: Remake
  before: Sentinel | undefined
  /** the state while this has not worked */
  trouble?: 'missing' | 'unreadable'
  tell: Tell
}>

/** Creates a database in a new place; the old place is deleted only when the new one is complete and marked. */
export async function rebuildDatabase({
  how,
  before,
  trouble = 'unreadable',
  tell,
}: Making): Promise<DatabaseOwner | undefined> {
  tell({ state: 'starting' })
  let opened: PGlite | undefined
  const generation = (before?.generation ?? 0) + 1
  try {
    const content = await contentOf(how)
    const storage = await chooseStorageKind()
    // an interrupted first start has nothing that could be lost
    if (!before) await writeSentinelFile(unfinished(storage, generation))
    await sweep(generation)
    const manifest = await snapshotManifest()
    const snapshot =
      manifest &&
      (await downloadSnapshot(manifest, (progress) => tell({ state: 'starting', progress })))
    const files = await openFiles({ storage, generation }, snapshot)
    const { db, room } = files
    opened = db
    const population = manifest ? { population: manifest.version } : {}
    const mark = crypto.randomUUID()
    const since = new Date().toISOString()
    const sentinel: Sentinel = { mark, generation, storage, since, ...population }
    const running = await run(files, sentinel)
    if (content.whole) await rebuildFromBaseline(keptSql(files, storage), content.whole)
    if (content.changes) await replayChanges(createStore(keptSql(files, storage)), content.changes)
    await writeMark(db, mark)
    if (room.isOut) throw storageFull()
    await writeSentinelFile(sentinel)
    if (before) await sweep(before.generation)
    return running
  } catch (cause) {
    await opened?.close().catch(() => undefined)
    await giveUp(generation, cause)
    await tellTrouble(tell, trouble, cause)
    return undefined
  }
}

/** Another try may start in the same place; leftovers are deleted if there is no space for them. */
async function giveUp(generation: number, cause: unknown): Promise<void> {
  if (isFull(cause)) await sweep(generation)
}

const unfinished = (storage: Sentinel['storage'], generation: number): Sentinel => ({
  ...{ mark: '', storage, generation, since: new Date(0).toISOString(), unfinished: true },
})

/** `whole` replaces the shipped population; `changes` come on top. */
type Content = Readonly<{ whole?: Blob; changes?: Blob }>

async function contentOf(how: Remake): Promise<Content> {
  if (how.from === 'file')
    return (await isWhole(how.file)) ? { whole: how.file } : { changes: how.file }
  if (how.from === 'demo') return {}
  const backup = await lastBackup()
  if (!backup) throw new Error('There is no backup on this device')
  const { ground, content } = backup
  return { ...(ground ? { whole: await baselineFile(ground) } : {}), changes: content }
}

async function sweep(generation: number): Promise<void> {
  await removeFolder(folderOf(generation))
  try {
    indexedDB.deleteDatabase(`/pglite/${folderOf(generation)}`)
  } catch {
    // a browser that stores nothing has nothing to clean up
  }
}

async function run(files: Files, sentinel: Sentinel): Promise<DatabaseOwner> {
  // if there is no space an earlier version is upgraded in memory, to be read
  await migrate(pgliteSql(files.db, { afterCommit: () => files.db.syncToFs() }))
  const sql = keptSql(files, sentinel.storage)
  startHashChainJob(sql, { every: sealEvery })
  keepAnalysed(sql)
  startComparing(sql, {
    clock: () => ({ now: new Date(), zone: usualZone }),
    ...{ pause: 2_000, rest: 60_000 },
  })
  startCounting(sql, {
    clock: () => ({ now: new Date(), zone: usualZone }),
    ...{ pause: 2_000, rest: 60_000 },
  })
  const replaced = new EventTarget()
  const baseline = backupBaseline(sql, () => replaced.dispatchEvent(new Event('replaced')))
  return {
    sentinel,
    room: files.room,
    handler: createHandler({ sql, demo: demoIdentities, ground: baseline }),
    backUp: async () => {
      await makeBrowserBackup(createStore(sql), sentinel.since, await baselineStart(sql))
    },
    carried: () => carryCalls(sql, files.room.since ?? new Date()),
    bring: (carried) => carriedCalls(sql, carried),
    onReplaced: (listener) => replaced.addEventListener('replaced', listener),
  }
}
