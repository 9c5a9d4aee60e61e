import type { Page } from '@playwright/test'

/** Everything stored on the device, as a thief would search it: storage, databases, cached files. */
export async function lyingOnDevice(page: Page): Promise<string> {
  const storage = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  return [storage, await inDatabases(page), await inCaches(page)].join('\n')
}

async function inDatabases(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const bytes = (value: ArrayBuffer | Uint8Array) => new TextDecoder('latin1').decode(value)
    const text = (value: unknown): string => {
      if (value instanceof ArrayBuffer || value instanceof Uint8Array) return bytes(value)
      const isObject = typeof value === 'object' && value !== null
      return isObject ? Object.values(value).map(text).join('\n') : String(value)
    }
    const found: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        found.push(text(await settled(database.transaction(store).objectStore(store).getAll())))
      database.close()
    }
    return found.join('\n')
  })
}

async function inCaches(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const found: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const isProgram = /\.(js|css)$/.test(new URL(request.url).pathname)
        const kept = isProgram ? undefined : await cache.match(request)
        found.push(request.url, (await kept?.text()) ?? '')
      }
    }
    return found.join('\n')
  })
}
