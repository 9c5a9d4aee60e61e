import type { BrowserContext } from '@playwright/test'

export const withoutFiles = `Object.defineProperty(navigator.storage, 'getDirectory', {
  value: () => Promise.reject(new DOMException('Not here', 'SecurityError')),
});`
// in its own block: the worker's own code also declares names
export const withoutIndexedDb = `{ const refused = () => { throw new DOMException('Not here', 'SecurityError') };
Object.defineProperty(globalThis, 'indexedDB', {
  value: { open: refused, deleteDatabase: refused, databases: async () => refused() },
}); }`

/** A browser whose workers have fewer features: what it lacks is removed from the owner’s worker. */
export async function takeAway(context: BrowserContext, lacks: string): Promise<void> {
  await context.route('**/assets/pglite-worker*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${lacks}\n${await response.text()}` })
  })
}
