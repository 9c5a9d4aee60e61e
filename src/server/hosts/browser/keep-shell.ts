import { watchForUpdate } from './watch-for-update.ts'

/**
 * Has the built app kept by its service worker, so that it opens without a network. A browser that refuses a service
 * worker goes on with the network alone.
 */
export async function keepShell(onUpdate: (takeOver: () => void) => void): Promise<void> {
  try {
    watchForUpdate(await navigator.serviceWorker.register('/sw.js'), onUpdate)
  } catch {
    // a private window, or a page without TLS: everything works but opening without a network
  }
}
