import type { BrowserContext } from '@playwright/test'

export const withoutFiles = `Object.defineProperty(navigator.storage, 'getDirectory', {
  value: () => Promise.reject(new DOMException('Not here', 'SecurityError')),
});`
// in a block of its own: the worker's own code has names, too
export const withoutIndexedDb = `{ const refused = () => { throw new DOMException('Not here', 'SecurityError') };
Object.defineProperty(globalThis, 'indexedDB', {
  value: { open: refused, deleteDatabase: refused, databases: async () => refused() },
}); }`

/** A browser that offers its workers less than this one does: what it lacks is taken from the owner’s worker. */
export async function takeAway(context: BrowserContext, lacks: string): Promise<void> {
  await context.route('**/assets/pglite-worker*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${lacks}\n${await response.text()}` })
  })
}
