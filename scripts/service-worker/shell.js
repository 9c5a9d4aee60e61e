/**
 * The app's half of the one service worker: caches the built app, so that it opens without a network. In the embedded app
 * the API's half (MSW's worker script) follows in the same file; in a team build there is none. `PRECACHE` and `VERSION`
 * are written above by the build. API answers are never cached here: API requests bypass this worker.
 */
const CACHE_PREFIX = 'gable-shell-'
const CACHE = CACHE_PREFIX + VERSION
const KNOWN = new Set(PRECACHE)

// MSW unregisters the worker when the last tab closes; then the app would not open again without a network.
self.registration.unregister = () => Promise.resolve(false)

// MSW takes over as soon as it is installed; a page of the previous version would then use a worker that it does
// not know. A new version waits until someone asks for it.
const skipWaiting = self.skipWaiting.bind(self)
self.skipWaiting = () => Promise.resolve()

self.addEventListener('message', (event) => {
  if (event.data === 'gable:take-over') event.waitUntil(skipWaiting())
})

self.addEventListener('install', (event) => {
  event.waitUntil(fillCache())
})

self.addEventListener('activate', (event) => {
  // pages that were open before the first worker started get their next files from it too
  event.waitUntil(sweepCaches().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || PRECACHE.length === 0) return
  const isPage = request.mode === 'navigate' && !isApi(url.pathname) && !/\.\w+$/.test(url.pathname)
  if (!isPage && !KNOWN.has(url.pathname)) return
  // the API's half must not answer the same request a second time
  event.stopImmediatePropagation()
  event.respondWith(fromCache(isPage ? '/index.html' : url.pathname, request))
})

function isApi(path) {
  return /^\/(fhir|auth|events|health|ready)(\/|$)/.test(path)
}

/** Files that an earlier version has under the same name (names carry a hash of the content) are copied, not fetched. */
async function fillCache() {
  const cache = await caches.open(CACHE)
  const queue = [...PRECACHE]
  const lane = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      if (await cache.match(path)) continue
      const kept = path.startsWith('/assets/') ? await caches.match(path) : undefined
      const response = kept ?? (await fetch(path, { cache: path.startsWith('/assets/') ? 'default' : 'no-cache' }))
      if (!response.ok) throw new Error(`${path} did not load (${response.status})`)
      await cache.put(path, response)
    }
  }
  await Promise.all(Array.from({ length: 6 }, lane))
}

async function sweepCaches() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function fromCache(path, request) {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}
