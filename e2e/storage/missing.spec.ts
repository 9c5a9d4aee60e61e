import { expect, type Page, test } from '@playwright/test'
import { expectApi, openApp, readTask, saveTask, signIn } from './record-calls.ts'

test.setTimeout(120_000)

/** Takes the database's files away while no tab has them open, as a browser short of room would. */
async function clearFiles(page: Page): Promise<void> {
  await page.goto('/icon.svg')
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        await root.removeEntry('gable-db-1', { recursive: true })
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    throw new Error('The files are still held')
  })
}

test('Records that have gone missing are never shown as an empty caseload', async ({ page }) => {
  await openApp(page)
  await clearFiles(page)
  await page.goto('/')
  await expect(
    page.getByRole('heading', { name: /records on this device are missing/ }),
  ).toBeVisible({
    timeout: 30_000,
  })
  await page.getByRole('button', { name: 'Start again' }).click()
  await expectApi(page)
})

test('The last backup brings back what was written', async ({ page }) => {
  await openApp(page)
  const token = await signIn(page)
  await saveTask(page, { token, id: 'kept', text: 'first' })
  await saveTask(page, { token, id: 'kept', text: 'second', version: '1' })
  await expect.poll(() => page.evaluate(backupIsThere), { timeout: 40_000 }).toBe(true)
  await clearFiles(page)
  await page.goto('/')
  await page.getByRole('button', { name: 'Restore the backup' }).click({ timeout: 30_000 })
  await expectApi(page)
  const again = await signIn(page)
  expect(await readTask(page, again, 'kept')).toMatchObject({ text: 'second', version: '2' })
})

async function backupIsThere(): Promise<boolean> {
  const all = await indexedDB.databases()
  return all.some((each) => each.name === 'gable-backup')
}
