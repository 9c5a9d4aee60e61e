import { expect } from '@playwright/test'
import { expectNoSidewaysScroll, looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

test('Amina works a Monday list by keyboard', async ({ page }) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, '/find')
  const people = page
    .getByRole('main')
    .locator('ol > li')
    .filter({ has: page.getByRole('checkbox') })
  const nameAt = async (row: number) =>
    (await people.nth(row).getByRole('link').first().textContent()) ?? ''
  await expect(people).toHaveCount(20)
  await looksRight(page, 'the list to work')
  await expectNoSidewaysScroll(page, 'the list to work')
  const first = await nameAt(0)
  const [second, third] = [await nameAt(1), await nameAt(2)]

  await test.step('She goes from person to person, and takes the first on', async () => {
    await page.keyboard.press('j')
    await expect(people.nth(0).getByRole('link').first()).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(people.nth(1).getByRole('link').first()).toBeFocused()
    await page.keyboard.press('k')
    await page.keyboard.press('t')
    await expect(page.getByRole('status').filter({ hasText: 'On your caseload' })).toBeVisible()
    await expect(people.nth(0).getByRole('link').first()).toHaveText(second)
    await expect(people.nth(0).getByRole('link').first()).toBeFocused()
  })

  await test.step('It was the wrong one: she undoes it, and the person is back', async () => {
    await page.keyboard.press('u')
    await expect(people.nth(0).getByRole('link').first()).toHaveText(first)
  })

  await test.step('She selects two and puts them off together, with a day and a reason', async () => {
    await people.nth(1).getByRole('link').first().focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByText('2 selected')).toBeVisible()
    await page.keyboard.press('n')
    const question = page.getByRole('dialog', { name: 'Not now: 2 people' })
    await question.getByRole('button', { name: 'Save' }).click()
    await expect(question.getByText('Enter a reason')).toBeVisible()
    await question.getByLabel('Why not now?').fill('Flood on their street')
    await looksRight(page, 'not now, for two people')
    await question.getByRole('button', { name: 'Save' }).click()
    await expect(question).toBeHidden()
    await expect(people.nth(0).getByRole('link').first()).toHaveText(first)
    await expect(people.filter({ hasText: second })).toHaveCount(0)
    await expect(people.filter({ hasText: third })).toHaveCount(0)
  })

  await test.step('She finds them under “Not now”, with who and why', async () => {
    const notNow = page.getByRole('radio', { name: /^Not now/ })
    // on a phone the filters are shown on request
    if (!(await notNow.isVisible())) await page.getByText('Filter the list').click()
    await notNow.check()
    await expect(page.getByText('Flood on their street')).toHaveCount(2)
    await expect(page.getByText(/You said not now, until/)).toHaveCount(2)
    await looksRight(page, 'people who are put off')
  })

  await test.step('She turns the keys off, and a letter does nothing any more', async () => {
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Work the list with the keyboard' })
    await looksRight(page, 'the keys of the list')
    await help.getByRole('checkbox', { name: 'Use single keys on this page' }).uncheck()
    await help.getByRole('button', { name: 'Close' }).click()
    await page.keyboard.press('?')
    await expect(help).toHaveCount(0)
  })

  await test.step('She downloads the list, and says what for', async () => {
    await page.getByRole('button', { name: 'Download' }).click()
    const question = page.getByRole('dialog', { name: 'Download this list' })
    await question.getByLabel('What is it for?').fill('To call them this week')
    await looksRight(page, 'what a list is downloaded for')
    const file = page.waitForEvent('download')
    await question.getByRole('button', { name: 'Download' }).click()
    expect((await file).suggestedFilename()).toMatch(/^people-\d{4}-\d\d-\d\d\.csv$/)
    await expect(question).toBeHidden()
  })
})
