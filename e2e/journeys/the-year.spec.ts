import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

test('The year is one picture with the same in words, for the team and for Grace', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/story`)
  await page.getByRole('link', { name: 'The year as a picture' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Grace’s year' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Grace was in hospital/ })).toBeVisible()
  await expect(readOn(page, /^Into hospital/)).toBeVisible()
  await expectAccessible(page, 'the year of Grace')
  await expectNoSidewaysScroll(page, 'the year of Grace')
  await page.getByLabel('Which time').selectOption('Three months')
  await expect.poll(() => new URL(page.url()).searchParams.get('span')).toBe('quarter')

  await signIn(page, 'Grace Okafor')
  await goTo(page, '/my/year')
  await expect(page.getByRole('heading', { level: 1, name: 'My year' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^You were in hospital/ })).toBeVisible()
  await expectAccessible(page, 'my year')
  await expectNoSidewaysScroll(page, 'my year')
})
