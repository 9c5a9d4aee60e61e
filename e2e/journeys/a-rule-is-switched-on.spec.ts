import { expect } from '@playwright/test'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'

test('A rule is written, tried, agreed by Dr Patel and switched on', async ({ page }) => {
  test.slow()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, '/find/rules')
  await looksRight(page, 'the rules')
  await page.getByRole('button', { name: 'Write a new rule' }).click()
  await page.getByLabel('What should it be called?').fill('Old, and in hospital this year')
  await page.getByRole('button', { name: 'Begin' }).click()

  await test.step('Each line says how many are left, and what was typed stays', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Old, and in hospital this year',
    )
    await page.getByLabel('Age: How many').selectOption('80')
    await page.getByLabel('A line about').selectOption('emergency-stay')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.getByLabel('A line about').selectOption('caseload')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await expect(page.getByRole('heading', { name: 'Tried on today’s records' })).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Age: How many')).toHaveValue('80')
    await expect(page.getByRole('heading', { name: 'Would be added' })).toBeVisible()
  })

  await test.step('People drawn by lot are looked at by eye', async () => {
    const look = page.getByRole('region', { name: 'Look at real people before you decide' })
    const right = look.getByRole('button', { name: /^Right person: / })
    await expect(right.first()).toBeVisible()
    const wrong = look.getByRole('button', { name: /^Not the right person: / }).first()
    await wrong.click()
    await look.getByRole('textbox').fill('The home has its own weekly round.')
    await look.getByRole('button', { name: 'Keep this answer' }).click()
    await expect(readOn(look, 'The home has its own weekly round.')).toBeVisible()
    for (let looked = 1; looked <= 10; looked += 1) {
      await expect(look.getByText(`${looked} of 10 looked at, chosen by lot`)).toBeVisible()
      if (looked < 10) await right.first().click()
    }
    await looksRight(page, 'a rule being written')
  })

  await test.step('Amina asks, and cannot agree herself', async () => {
    await expect(page.getByRole('button', { name: 'I agree: switch it on' })).toHaveCount(0)
    await page.getByLabel('Who should agree?').selectOption('Dr Anil Patel')
    const [year = '', month = '', day = ''] = dayFromToday(0).split('-')
    await page.getByLabel('Day', { exact: true }).fill(day)
    await page.getByLabel('Month', { exact: true }).fill(month)
    await page.getByLabel('Year', { exact: true }).fill(year)
    await page.getByRole('button', { name: 'Ask Dr Anil Patel to agree' }).click()
    await expect(page.getByRole('button', { name: 'Ask Dr Anil Patel again' })).toBeVisible()
  })

  await test.step('Dr Patel agrees, and the people it found stand in the list', async () => {
    await signIn(page, 'Dr Anil Patel')
    const asked = page.getByRole('region', { name: /^Asked to agree to a rule/ })
    await expect(asked.getByText(/Amina Yusuf asked you on/)).toBeVisible()
    await looksRight(page, 'the day of whoever is asked about a rule')
    await asked.getByRole('link', { name: 'Old, and in hospital this year' }).click()
    await expect(page.getByRole('heading', { name: 'Is it fair?' })).toBeVisible()
    await page.getByRole('button', { name: 'I agree: switch it on' }).click()
    await expect(page.getByRole('heading', { name: 'Version 1 is switched on' })).toBeVisible()
    await looksRight(page, 'a rule that is switched on')
    await page.getByRole('link', { name: 'See them in the list' }).click()
    await expect(
      page.getByRole('link', { name: 'Old, and in hospital this year' }).first(),
    ).toBeVisible()
    await openPage(page, '/')
    await expect(asked.getByText(/Ming Zhao asked you on/)).toBeVisible()
    await expect(asked.getByRole('link', { name: 'Old, and in hospital this year' })).toHaveCount(0)
  })

  await test.step('Ruth reads it in fives, without people and with nothing to change', async () => {
    await signIn(page, 'Ruth Adler')
    await openPage(page, '/find/rules')
    await expect(page.getByText(/You see counts in fives/)).toBeVisible()
    await page.getByRole('link', { name: 'Old, and in hospital this year' }).click()
    await expect(page.getByRole('heading', { name: 'Version 1 is switched on' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Switch it off' })).toHaveCount(0)
    await looksRight(page, 'a rule as a manager reads it')
  })
})
