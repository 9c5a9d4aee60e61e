import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

test('A death is recorded, asks for each thing once, and is undone with a reason when it was wrong', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/review`)
  await page.getByRole('button', { name: 'Record the death' }).click()
  const dialog = page.getByRole('dialog')
  await expect(readOn(dialog, 'Check that this is the right person:')).toBeVisible()
  await expect(readOn(dialog, '999 100 1018')).toBeVisible()
  await expectAccessible(page, 'recording a death')
  await dialog.getByRole('button', { name: 'Yes, record the death' }).click()

  await expect(readOn(page, 'Grace has died')).toBeVisible()
  await expect(readOn(page, 'Still to do for those who are left')).toBeVisible()
  await expect(page.getByText(/^Tell the family of .* that we are sorry/)).toHaveCount(1)
  await expect(page.getByText(/^Ask Chidi Okafor how they are/)).toHaveCount(1)
  await expectAccessible(page, 'after a death')
  await expectNoSidewaysScroll(page, 'after a death')

  await page.getByRole('button', { name: 'This is wrong: remove the record of death' }).click()
  const asked = page.getByRole('dialog')
  const remove = asked.getByRole('button', { name: 'This is wrong: remove the record of death' })
  await remove.click()
  await expect(asked.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true')
  await asked.getByRole('textbox').fill('It was her neighbour of the same name')
  await remove.click()
  await expect(page.getByRole('button', { name: 'Record the death' })).toBeVisible()
  await expect(page.getByText('Still to do for those who are left')).toHaveCount(0)
  await openPage(page, `/people/${graceId}/story`)
  await expect(readOn(page, 'It was her neighbour of the same name')).toBeVisible()
  await goTo(page, '/today')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Grace has died')).toHaveCount(0)
})
