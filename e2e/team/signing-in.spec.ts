import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'
import { watchForViolations } from '../support/violations.ts'

test('Amina signs in to the team server and opens Grace’s plan', async ({ page }) => {
  const violations = await watchForViolations(page)
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, `/people/${graceId}/plan`)
  await expect(page.getByText('Okafor').first()).toBeVisible()
  await expect(page.getByRole('link', { name: /My team/ }).first()).toBeVisible()
  await expectAccessible(page, 'the house')
  await expectNoSidewaysScroll(page, 'the house')
  expect(violations).toEqual([])
})
