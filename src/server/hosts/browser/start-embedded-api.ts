import { http } from 'msw'
import { setupWorker } from 'msw/browser'
import { checked, checkedJson } from '#domain/fhir/checked-json.ts'
import type { CarriedCalls } from './tabs/carried-calls.ts'
import { openDbOwnerClient } from './tabs/db-owner-client.ts'
import {
  type DeviceReport,
  fromWorkerShape,
  type Remake,
  type Sentinel,
  sentinelShape,
  type ToWorker,
} from './tabs/tab-channels.ts'
import { watchForUpdate } from './watch-for-update.ts'

export type EmbeddedApi = Readonly<{ remake: (how: Remake) => void }>

type Options = Readonly<{
  onReport: (report: DeviceReport) => void
  /** a newer version of the app has been fetched; the function loads it in all tabs */
  onUpdate: (takeOver: () => void) => void
}>

const sentinelKey = 'gable-sentinel'

/**
 * Starts the API inside the browser: a worker that may own the database, and the service worker that passes every
 * `/fhir`, `/auth`, `/events` and `/hl7` request to the owner. Resolves when requests are intercepted, not when the
 * database is open: earlier requests wait for it.
 */
export async function startEmbeddedApi({ onReport, onUpdate }: Options): Promise<EmbeddedApi> {
  const client = openDbOwnerClient()
  client.onReport(onReport)
  startWorker()
  const answer = ({ request }: { request: Request }) => client.send(request)
  const paths = ['/fhir', '/fhir/*', '/auth/*', '/events', '/events/*', '/hl7']
  const worker = setupWorker(...paths.map((path) => http.all(path, answer)))
  const registration = await worker.start({
    serviceWorker: { url: '/sw.js' },
    onUnhandledFrame: 'bypass',
    quiet: true,
  })
  if (registration) watchForUpdate(registration, onUpdate)
  void navigator.storage?.persist?.().catch(() => false)
  return { remake: client.remake }
}

/** `carried`: what the previous worker could not store */
function startWorker(carried?: CarriedCalls): void {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = checked(fromWorkerShape, data)
    if (message?.kind === 'sentinel') keepSentinel(message.sentinel)
    if (message?.kind === 'owning') {
      worker.postMessage({ kind: 'start', sentinel: keptSentinel(), carried } satisfies ToWorker)
    }
    if (message?.kind === 'renew') {
      worker.terminate()
      startWorker(message.carried)
    }
  }
}

function keptSentinel(): Sentinel | undefined {
  try {
    return checkedJson(sentinelShape, localStorage.getItem(sentinelKey))
  } catch {
    return undefined
  }
}

function keepSentinel(sentinel: Sentinel): void {
  try {
    localStorage.setItem(sentinelKey, JSON.stringify(sentinel))
  } catch {
    // without storage of its own the page leaves the marker to the file
  }
}
