import { checked } from '#domain/fhir/checked-json.ts'
import {
  type DatabaseOwner,
  newestSentinel,
  openOrMake,
  rebuildDatabase,
} from './database/database-owner.ts'
import { withinStorage } from './database/within-storage.ts'
import { type CarriedCalls, carriedShape } from './tabs/carried-calls.ts'
import { openDbOwnerServer } from './tabs/db-owner-server.ts'
import {
  callsChannel,
  carriedChannel,
  type DeviceReport,
  type FromWorker,
  type OwnerNews,
  ownerChannel,
  ownerLock,
  type Sentinel,
  toOwnerShape,
  toWorkerShape,
} from './tabs/tab-channels.ts'

/**
 * One worker a tab; the one that gets the lock owns the database until its tab closes, then the next one in line does.
 * The lock is the browser's: a closed tab cannot hold it.
 */
let owner = crypto.randomUUID()
const news = new BroadcastChannel(ownerChannel)
/** The next owner may belong to any tab. */
const toWorkers = new BroadcastChannel(carriedChannel)
toWorkers.onmessage = ({ data }: MessageEvent<unknown>) => {
  carried = checked(carriedShape, data) ?? carried
}
/** A backup is written when nothing has been written for this long, in milliseconds. */
const quiet = 10_000
/** Until the tab that asked for it has its answer, in milliseconds. */
const settling = 500

let report: DeviceReport = { state: 'starting' }
let sentinel: Sentinel | undefined
/** what the previous owner could not store */
let carried: CarriedCalls | undefined
let backupClock: ReturnType<typeof setTimeout> | undefined

function tell(next: DeviceReport): void {
  report = next
  announce()
}

function announce(): void {
  news.postMessage({ owner, report } satisfies OwnerNews)
}

function toPage(message: FromWorker): void {
  globalThis.postMessage(message)
}

function serve(running: DatabaseOwner | undefined): void {
  if (!running) return
  sentinel = running.sentinel
  toPage({ kind: 'sentinel', sentinel })
  const { room } = running
  const handler = withinStorage({
    ...{ room, handler: running.handler },
    renew: () => void renew(running),
  })
  openDbOwnerServer({ owner, handler, onWritten: () => backUpSoon(running) })
  running.onReplaced(() => setTimeout(restart, settling))
  const { storage } = sentinel
  const tellReady = () => tell({ state: 'ready', storage, readOnly: room.isOut })
  room.onOut = tellReady
  tellReady()
}

/** Another worker opens the records from the device; open calls are sent again there. */
async function renew(running: DatabaseOwner): Promise<void> {
  const left = await running.carried().catch(() => undefined)
  if (left) toWorkers.postMessage(left)
  toPage({ kind: 'renew', carried: left })
}

/** Everything has changed: tabs treat it as a new owner, subscribe again, and forget what they had loaded. */
function restart(): void {
  owner = crypto.randomUUID()
  announce()
}

function backUpSoon(running: DatabaseOwner): void {
  clearTimeout(backupClock)
  backupClock = setTimeout(() => void running.backUp().catch(() => undefined), quiet)
}

function listenToTabs(): void {
  const calls = new BroadcastChannel(callsChannel)
  calls.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const message = checked(toOwnerShape, data)
    if (message?.kind === 'who') announce()
    const { state } = report
    if (message?.kind === 'remake' && (state === 'missing' || state === 'unreadable')) {
      serve(await rebuildDatabase({ how: message.how, before: sentinel, trouble: state, tell }))
    }
  }
}

async function own(ofPage: Sentinel | undefined): Promise<void> {
  sentinel = await newestSentinel(ofPage)
  listenToTabs()
  announce()
  const running = await openOrMake(sentinel, tell)
  if (carried) await running?.bring(carried).catch(() => undefined)
  serve(running)
}

globalThis.onmessage = ({ data }: MessageEvent<unknown>) => {
  const message = checked(toWorkerShape, data)
  if (!message) return
  carried ??= message.carried
  void own(message.sentinel)
}

void navigator.locks.request(ownerLock, () => {
  toPage({ kind: 'owning' })
  return new Promise(() => undefined)
})
