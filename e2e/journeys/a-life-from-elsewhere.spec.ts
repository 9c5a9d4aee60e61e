import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { syntheaFile } from '../support/synthea.ts'
import { watchForViolations } from '../support/violations.ts'

const file = syntheaFile('Adolph_Smith')

test('Amina brings in a life from another system, and looks at her day and her lists', async ({
  page,
}) => {
  const violations = await watchForViolations(page)
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Her day begins with who needs something', async () => {
    await expect(page.getByRole('heading', { level: 1, name: /Amina/ })).toBeVisible()
    await expect(page.getByRole('heading', { name: /Home from hospital/ })).toBeVisible()
    await expectAccessible(page, 'today')
    await expectNoSidewaysScroll(page, 'today')
  })

  await test.step('She brings in a file as it came, when one is at hand', async () => {
    await goTo(page, '/import')
    await expect(page.getByRole('heading', { level: 1, name: 'Bring records in' })).toBeVisible()
    await expectAccessible(page, 'import')
    if (!file) return
    await page.locator('input[type=file]').setInputFiles(file)
    await expect(page.getByText('No NHS number').first()).toBeVisible({ timeout: 90_000 })
    await expectAccessible(page, 'import, done')
    await expectNoSidewaysScroll(page, 'import, done')
  })

  await test.step('She finds people by what the scores rest on', async () => {
    await goTo(page, '/find')
    await expect(page.getByRole('button', { name: /Take on/ }).first()).toBeVisible()
    await expectAccessible(page, 'find people')
    await expectNoSidewaysScroll(page, 'find people')
  })

  await test.step('She looks at her caseload and her tasks', async () => {
    await goTo(page, '/caseload')
    await expect(page.getByRole('link', { name: /OKAFOR/ }).first()).toBeVisible()
    await expectAccessible(page, 'caseload')
    await expectNoSidewaysScroll(page, 'caseload')
    await goTo(page, '/tasks')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page, 'tasks')
  })

  expect(violations).toEqual([])
})
