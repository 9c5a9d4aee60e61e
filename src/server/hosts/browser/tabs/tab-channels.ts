import * as v from 'valibot'
import type { CarriedCalls } from './carried-calls.ts'

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

export type Call = Readonly<{
  kind: 'call'
  id: string
  tab: string
  method: string
  url: string
  headers: readonly (readonly [string, string])[]
  body: ArrayBuffer | null
  /** the owner that had this call before was lost: it may already have been done */
  again: boolean
}>

export type ToOwner =
  | Call
  | Readonly<{ kind: 'cancel'; id: string }>
  | Readonly<{ kind: 'who' }>
  | Readonly<{ kind: 'remake'; how: Remake }>

type Head = Readonly<{
  id: string
  status: number
  headers: readonly (readonly [string, string])[]
}>

export type FromOwner =
  | Readonly<{ kind: 'taken'; id: string; owner: string }>
  | (Head & Readonly<{ kind: 'answer'; body: ArrayBuffer | null }>)
  | (Head & Readonly<{ kind: 'stream' }>)
  | Readonly<{ kind: 'chunk'; id: string; chunk: Uint8Array }>
  | Readonly<{ kind: 'end'; id: string; broken?: true }>

export type Storage = 'opfs' | 'indexeddb' | 'memory'
export type BackupNote = Readonly<{ madeOn: string; records: number }>

/** The state of the database on this device, as the app needs to know it. */
export type DeviceReport = Readonly<{
  /** `full`: it could not be opened, or created, for lack of space */
  state: 'starting' | 'ready' | 'missing' | 'unreadable' | 'full' | 'busy'
  storage?: Storage
  /** there is no space for changes: what was saved before can be read */
  readOnly?: boolean
  /** bytes of the first download; absent if there is none */
  progress?: { loaded: number; total: number }
  /** the last backup on this device, named if the database cannot be used */
  backup?: BackupNote
  detail?: string
}>

export type OwnerNews = Readonly<{ owner: string; report: DeviceReport }>

/** What a marker outside the database says: that there is one, where, and which. */
export const sentinelShape = v.object({
  mark: v.string(),
  generation: v.number(),
  storage: v.picklist(['opfs', 'indexeddb', 'memory']),
  /** version of the population it was made from; absent for an empty start */
  population: v.exactOptional(v.string()),
  /** instant from which on records count as changed since then; all of them if absent */
  since: v.fallback(v.string(), '1970-01-01T00:00:00.000Z'),
  /** its creation was not finished: there was never anything in it */
  unfinished: v.exactOptional(v.literal(true)),
})
export type Sentinel = Readonly<v.InferOutput<typeof sentinelShape>>

/** How to create a database: the shipped population, with the changes of a backup or a file on top. */
export type Remake =
  | Readonly<{ from: 'demo' }>
  | Readonly<{ from: 'backup' }>
  | Readonly<{ from: 'file'; file: Blob }>

/** The page's answer to `owning`: its own marker, and what the previous worker left. */
export type ToWorker = Readonly<{
  kind: 'start'
  sentinel: Sentinel | undefined
  carried?: CarriedCalls | undefined
}>

export type FromWorker =
  | Readonly<{ kind: 'owning' }>
  /** the records are to be opened again, by another worker: what this one has in memory is not on the device */
  | Readonly<{ kind: 'renew'; carried: CarriedCalls | undefined }>
  | Readonly<{ kind: 'sentinel'; sentinel: Sentinel }>
