import { expect, type Page } from '@playwright/test'
import { test } from '../support/device.ts'
import { expectApi, openApp, readTask, saveTask, signIn } from './record-calls.ts'

test.setTimeout(120_000)

/** Removes the database files while no tab has them open, as a browser does when it needs space. */
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

test('Missing records are reported, and never shown as an empty caseload', async ({ page }) => {
  await openApp(page)
  await clearFiles(page)
  await page.goto('/')
  await expect(
    page.getByRole('heading', { name: /records on this device are missing/ }),
  ).toBeVisible({
    timeout: 30_000,
  })
  await page.getByRole('button', { name: 'Restore this file' }).click()
  await expect(page.getByText('Choose the file first')).toBeVisible()
  await expect(page.getByLabel('Restore from a file')).toBeFocused()
  await page.getByRole('button', { name: 'Start again' }).click()
  await expectApi(page)
})

test('The last backup restores what was written', async ({ page }) => {
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

test('A database whose markers are missing is opened, and not overwritten', async ({ page }) => {
  await openApp(page)
  const token = await signIn(page)
  await saveTask(page, { token, id: 'kept', text: 'first' })
  await page.goto('/icon.svg')
  await page.evaluate(async () => {
    localStorage.clear()
    await (await navigator.storage.getDirectory()).removeEntry('gable-sentinel.json')
  })
  await openApp(page)
  const again = await signIn(page)
  expect(await readTask(page, again, 'kept')).toMatchObject({ text: 'first', version: '1' })
  // the marker is set again
  expect(await page.evaluate(() => localStorage.getItem('gable-sentinel'))).toContain('"mark":"')
})

test('A database whose markers are missing and that cannot be opened is not replaced without asking', async ({
  page,
}) => {
  await openApp(page)
  await page.goto('/icon.svg')
  await page.evaluate(async () => {
    localStorage.clear()
    const root = await navigator.storage.getDirectory()
    await root.removeEntry('gable-sentinel.json')
    const file = await (await root.getDirectoryHandle('gable-db-1')).getFileHandle('state.txt')
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        const torn = await file.createWritable()
        await torn.write('{"root":')
        await torn.close()
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    throw new Error('The file is still held')
  })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible({ timeout: 30_000 })
})

async function backupIsThere(): Promise<boolean> {
  const all = await indexedDB.databases()
  return all.some((each) => each.name === 'gable-backup')
}
