import * as v from 'valibot'
import { carriedShape } from './carried-calls.ts'

/**
 * What tabs and the owner of the database say to each other. Every tab runs one worker; the worker that holds the
 * Web Lock owns the database and answers for all tabs, over channels that every tab reaches by name.
 */
export const callsChannel = 'gable-calls'
export const ownerChannel = 'gable-owner'
/** on which the workers of all tabs hear what the previous owner could not store */
export const carriedChannel = 'gable-carried'
export const ownerLock = 'gable-database'
export const answersChannel = (tab: string) => `gable-answers-${tab}`
export const tabLock = (tab: string) => `gable-tab-${tab}`

// Each message is checked where it is received: another tab may run another version of the app. Anything else is
// ignored.
const headersShape = v.array(v.tuple([v.string(), v.string()]))
const bodyShape = v.nullable(v.instance(ArrayBuffer))

const callShape = v.object({
  kind: v.literal('call'),
  id: v.string(),
  tab: v.string(),
  method: v.string(),
  url: v.pipe(v.string(), v.url()),
  headers: headersShape,
  body: bodyShape,
  /** the owner that had this call before was lost: it may already have been done */
  again: v.boolean(),
})
export type Call = Readonly<v.InferOutput<typeof callShape>>

/** How to create a database: the shipped population, with the changes of a backup or a file on top. */
const remakeShape = v.variant('from', [
  v.object({ from: v.literal('demo') }),
  v.object({ from: v.literal('backup') }),
  v.object({ from: v.literal('file'), file: v.instance(Blob) }),
])
export type Remake = Readonly<v.InferOutput<typeof remakeShape>>

export const toOwnerShape = v.variant('kind', [
  callShape,
  v.object({ kind: v.literal('cancel'), id: v.string() }),
  v.object({ kind: v.literal('who') }),
  v.object({ kind: v.literal('remake'), how: remakeShape }),
])
export type ToOwner = Readonly<v.InferOutput<typeof toOwnerShape>>

/** of an answer that has begun; a `Response` allows no other status */
const answerHead = {
  id: v.string(),
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: headersShape,
}

export const fromOwnerShape = v.variant('kind', [
  v.object({ kind: v.literal('taken'), id: v.string(), owner: v.string() }),
  v.object({ kind: v.literal('answer'), ...answerHead, body: bodyShape }),
  v.object({ kind: v.literal('stream'), ...answerHead }),
  v.object({ kind: v.literal('chunk'), id: v.string(), chunk: v.instance(Uint8Array) }),
  v.object({ kind: v.literal('end'), id: v.string(), broken: v.exactOptional(v.literal(true)) }),
])
export type FromOwner = Readonly<v.InferOutput<typeof fromOwnerShape>>

const storageShape = v.picklist(['opfs', 'indexeddb', 'memory'])
export type Storage = v.InferOutput<typeof storageShape>
const backupShape = v.object({ madeOn: v.string(), records: v.number() })
export type BackupNote = Readonly<v.InferOutput<typeof backupShape>>

/** The state of the database on this device, as the app needs to know it. */
const reportShape = v.object({
  /** `full`: it could not be opened, or created, for lack of space */
  state: v.picklist(['starting', 'ready', 'missing', 'unreadable', 'full', 'busy']),
  storage: v.exactOptional(storageShape),
  /** there is no space for changes: what was saved before can be read */
  readOnly: v.exactOptional(v.boolean()),
  /** bytes of the first download; absent if there is none */
  progress: v.exactOptional(v.object({ loaded: v.number(), total: v.number() })),
  /** the last backup on this device, named if the database cannot be used */
  backup: v.exactOptional(backupShape),
  detail: v.exactOptional(v.string()),
})
export type DeviceReport = Readonly<v.InferOutput<typeof reportShape>>

export const ownerNewsShape = v.object({ owner: v.string(), report: reportShape })
export type OwnerNews = Readonly<v.InferOutput<typeof ownerNewsShape>>

/** What a marker outside the database says: that there is one, where, and which. */
export const sentinelShape = v.object({
  mark: v.string(),
  generation: v.number(),
  storage: storageShape,
  /** version of the population it was made from; absent for an empty start */
  population: v.exactOptional(v.string()),
  /** instant from which on records count as changed since then; all of them if absent */
  since: v.fallback(v.string(), '1970-01-01T00:00:00.000Z'),
  /** its creation was not finished: there was never anything in it */
  unfinished: v.exactOptional(v.literal(true)),
})
export type Sentinel = Readonly<v.InferOutput<typeof sentinelShape>>

/** The page's answer to `owning`: its own marker, and what the previous worker left. */
export const toWorkerShape = v.object({
  kind: v.literal('start'),
  sentinel: v.optional(sentinelShape),
  carried: v.optional(carriedShape),
})
export type ToWorker = Readonly<v.InferOutput<typeof toWorkerShape>>

export const fromWorkerShape = v.variant('kind', [
  v.object({ kind: v.literal('owning') }),
  /** the records are to be opened again, by another worker: what this one has in memory is not on the device */
  v.object({ kind: v.literal('renew'), carried: v.optional(carriedShape) }),
  v.object({ kind: v.literal('sentinel'), sentinel: sentinelShape }),
])
export type FromWorker = Readonly<v.InferOutput<typeof fromWorkerShape>>
