import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { holdCalls } from '../support/calls.ts'
import { signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

/** The administrator signs in and makes a backup; returns the file. */
async function makeBackup(page: Page): Promise<Buffer> {
  await page.goto('/')
  await signIn(page, 'Administrator')
  await page.getByRole('link', { name: 'Backup' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Make a backup' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^gable-.*\.tar$/)
  await expect(page.getByText('The backup is saved on this device.')).toBeVisible()
  return await readFile(await file.path())
}

async function bringIn(page: Page, buffer: Buffer): Promise<void> {
  const file = { name: 'gable.tar', mimeType: 'application/x-tar', buffer }
  await page.getByLabel('A backup of Gable (.tar)').setInputFiles(file)
  await page.getByRole('button', { name: 'Restore' }).click()
}

const restoring = /\/fhir\/\$restore/
const going = 'Checking the file'
const leaving = 'Leave while a backup is being restored?'

/** Where the bytes of a file in a tar are: they follow its header, a block of 512 that begins with its name. */
function insideOf(name: string, tar: Buffer): number {
  for (let at = 0; at < tar.length; at += 512)
    if (tar.toString('latin1', at, at + name.length + 1) === `${name}\0`) return at + 512 + 40
  throw new Error(`There is no ${name}`)
}

test('The administrator makes a backup and restores it, and a damaged one is refused', async ({
  page,
}) => {
  const backup = await makeBackup(page)

  await test.step('With one wrong byte nothing is changed, and the page says so', async () => {
    const damaged = Buffer.from(backup)
    const at = insideOf('Patient.ndjson.gz', damaged)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    await bringIn(page, damaged)
    await expect(page.getByText('Nothing was changed')).toBeVisible()
    await looksRight(page, 'a backup that is refused')
  })

  await test.step('The administrator is asked before leaving the page during a restore, and stays', async () => {
    const held = await holdCalls(page, restoring)
    await bringIn(page, backup)
    await expect(page.getByText(going)).toBeVisible()
    await page.getByRole('link', { name: 'Import' }).first().click()
    await expect(page.getByRole('dialog', { name: leaving })).toBeVisible()
    await looksRight(page, 'leaving during a restore')
    await page.getByRole('button', { name: 'Stay here' }).click()
    await expect(page.getByText(going)).toBeVisible()
    held.letGo()
    await expect(page.getByText('The backup is restored')).toBeVisible()
    await expect(page.getByText('0 records restored.')).toBeVisible()
    await looksRight(page, 'a restored backup')
  })
})

test('A user whose session ends during a restore gets the sign-in page, not a question', async ({
  page,
  secondBrowser,
}) => {
  const backup = await makeBackup(page)
  const held = await holdCalls(page, restoring)
  await bringIn(page, backup)
  await expect(page.getByText(going)).toBeVisible()

  const other = await secondBrowser()
  await other.goto('/')
  await signIn(other, 'Administrator')
  await other.getByRole('button', { name: 'Sign out everywhere' }).click()
  await other.getByRole('button', { name: 'Sign out on every device' }).click()

  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByRole('button', { name: 'Administrator' })).toBeVisible()
  await expect(page.getByText(leaving)).toHaveCount(0)
  held.letGo()
})
