import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

test('Grace asks for her whole record, and Amina makes the full copy with the reason', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, `/people/${graceId}/sharing`)
  const make = page.getByRole('button', { name: 'Make the full copy' })
  await make.click()
  await expect(page.getByText('Enter why the copy is made')).toBeVisible()
  await page.getByLabel('Why a full copy is made').fill('She asked in writing on 3 November')
  const download = page.waitForEvent('download')
  await make.click()
  expect((await download).suggestedFilename()).toMatch(/^full-record-.*\.tar$/)
  await expect(page.getByText('The full copy is saved on this device.')).toBeVisible()
  await expectAccessible(page, 'a full copy')
  await expectNoSidewaysScroll(page, 'a full copy')
  const folder = process.env['GABLE_LOOK']
  const width = page.viewportSize()?.width
  if (folder) await page.screenshot({ path: `${folder}/full-copy-${width}.png`, fullPage: true })
})
