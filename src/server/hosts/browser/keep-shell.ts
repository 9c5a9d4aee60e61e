import { watchForUpdate } from './watch-for-update.ts'

/**
 * Lets the service worker cache the built app, so that it opens without a network. A browser that refuses a service
 * worker uses only the network.
 */
export async function keepShell(onUpdate: (takeOver: () => void) => void): Promise<void> {
  try {
    watchForUpdate(await navigator.serviceWorker.register('/sw.js'), onUpdate)
  } catch {
    // a private window, or a page without TLS: everything works except opening without a network
  }
}
