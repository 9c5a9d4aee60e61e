import { type BrowserContext, expect } from '@playwright/test'
import { test } from '../support/device.ts'
import { openApp, readTask, saveTask, signIn } from './record-calls.ts'

const withoutFiles = `Object.defineProperty(navigator.storage, 'getDirectory', {
  value: () => Promise.reject(new DOMException('Not here', 'SecurityError')),
});`
// in a block of its own: the worker's own code has names, too
const withoutIndexedDb = `{ const refused = () => { throw new DOMException('Not here', 'SecurityError') };
Object.defineProperty(globalThis, 'indexedDB', {
  value: { open: refused, deleteDatabase: refused, databases: async () => refused() },
}); }`

/** A browser that offers its workers less than this one does: what it lacks is taken from the owner’s worker. */
async function takeAway(context: BrowserContext, lacks: string): Promise<void> {
  await context.route('**/assets/pglite-worker*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${lacks}\n${await response.text()}` })
  })
}

test('Without a file store, records are kept in IndexedDB and are there after a reload', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  await takeAway(context, withoutFiles)
  await openApp(page)
  const token = await signIn(page)
  const saved = await saveTask(page, { token, id: 'kept-1', text: 'Kept in IndexedDB' })
  expect(saved.status).toBe(201)
  const names = await page.evaluate(async () =>
    (await indexedDB.databases()).map((each) => each.name ?? ''),
  )
  expect(names.join(' ')).toContain('gable-db')
  await page.reload()
  await openApp(page)
  expect(await readTask(page, await signIn(page), 'kept-1')).toMatchObject({
    status: 200,
    text: 'Kept in IndexedDB',
  })
})

test('Where nothing can be kept, the app works and the window says that it keeps nothing', async ({
  page,
  context,
}) => {
  await takeAway(context, `${withoutFiles}\n${withoutIndexedDb}`)
  await openApp(page)
  await expect(page.getByText('This window keeps nothing')).toBeVisible()
  const token = await signIn(page)
  const saved = await saveTask(page, { token, id: 'gone-1', text: 'Gone when it closes' })
  expect(saved.status).toBe(201)
})
