import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'

test('A case steps down to a lighter level with a day to look again, and comes back', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/review`)
  await page.getByRole('button', { name: 'Step down to a lighter level' }).click()
  const dialog = page.getByRole('dialog')
  const save = dialog.getByRole('button', { name: 'Step down to a lighter level' })
  await dialog
    .getByLabel('Why, and what was agreed with the person')
    .fill('Steady since the spring')
  await save.click()
  await expect(readOn(dialog, 'Say what brings them back')).toBeVisible()
  await dialog.getByLabel('What brings them back to the usual level').fill('A fall, or if she asks')
  await expectAccessible(page, 'stepping down')
  await save.click()

  await expect(page.getByRole('heading', { name: 'On a lighter level' })).toBeVisible()
  await expect(readOn(page, 'Steady since the spring')).toBeVisible()
  await expect(readOn(page, /A fall, or if she asks/)).toBeVisible()
  await expectNoSidewaysScroll(page, 'on a lighter level')
  await openPage(page, `/people/${graceId}/tasks`)
  await expect(readOn(page, /^Look again: is the lighter level still enough/)).toBeVisible()

  await openPage(page, `/people/${graceId}/review`)
  await page.getByRole('button', { name: 'Back to the usual level' }).click()
  await expect(page.getByRole('button', { name: 'Step down to a lighter level' })).toBeVisible()
})
