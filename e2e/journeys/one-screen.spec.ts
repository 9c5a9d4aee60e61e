import { expect, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'

/**
 * Pixels of height: one screen at a desk; on a phone what a thumb gets through. How much is due differs from day to day: a
 * line more is no fault.
 */
const days = [
  ['Amina Yusuf', 1050, 2450],
  ['Karen Lee', 1000, 1200],
  ['Tom Price', 1000, 1200],
  ['Dr Anil Patel', 1000, 1400],
  ['Ming Zhao', 1000, 1400],
] as const

const heightOf = async (page: Page) =>
  await page.evaluate(() => document.documentElement.scrollHeight)
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600

test('What each professional has to do today fits one screen', async ({ page }) => {
  await page.goto('/')
  for (const [name, desk, phone] of days) {
    await signIn(page, name)
    await openPage(page, '/caseload')
    await openPage(page, '/today')
    await expect(page.locator('main h1')).toContainText('Good')
    expect.soft(await heightOf(page), name).toBeLessThanOrEqual(isPhone(page) ? phone : desk)
    await expectNoSidewaysScroll(page, `the day of ${name}`)
  }
  await signIn(page, 'Ruth Adler')
  await openPage(page, '/services')
  await openPage(page, '/insight/work')
  await expect(readOn(page, 'Every number')).toBeVisible()
  // with the tabs of Insight above it
  expect.soft(await heightOf(page), 'Ruth').toBeLessThanOrEqual(isPhone(page) ? 1800 : 1100)
})

test('The caseload is searched and narrowed, and is short on a phone', async ({ page }) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, '/caseload')
  await expect(readOn(page, /^\d+ people$/)).toBeVisible()
  if (isPhone(page)) expect(await heightOf(page)).toBeLessThanOrEqual(2500)
  await expectAccessible(page, 'the caseload')
  await expectNoSidewaysScroll(page, 'the caseload')
  await page.getByRole('searchbox', { name: 'Find on this list' }).fill('okafor')
  await expect(readOn(page, /^1 of \d+ people$/)).toBeVisible()
  await expect(page.getByRole('row', { name: /OKAFOR, Grace/ })).toBeVisible()
  expect(page.url()).not.toContain('okafor')
  await openPage(page, '/tasks')
  if (isPhone(page)) expect(await heightOf(page)).toBeLessThanOrEqual(2500)
  await expect(page.getByRole('list', { name: 'Due in the coming week' })).toBeVisible()
  await expectAccessible(page, 'the tasks')
})
