import { expect } from '@playwright/test'
import { test } from '../support/device.ts'
import { openApp, readTask, saveTask, signIn } from './record-calls.ts'
import { takeAway, withoutFiles, withoutIndexedDb } from './take-away.ts'

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

test('Without any storage, the app works and says that this window saves nothing', async ({
  page,
  context,
}) => {
  await takeAway(context, `${withoutFiles}\n${withoutIndexedDb}`)
  await openApp(page)
  await expect(page.getByText('This window does not save anything')).toBeVisible()
  const token = await signIn(page)
  const saved = await saveTask(page, { token, id: 'gone-1', text: 'Gone when it closes' })
  expect(saved.status).toBe(201)
})
