import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn, signOut } from '../support/people.ts'

test('Amina has too much: a fair share is suggested, she changes it and hands over, and Ming reads what there is to know', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  const person = page.getByRole('group').filter({ has: page.getByText(/^Person by person/) })

  await test.step('A share is suggested, and nothing is handed over by it', async () => {
    await openPage(page, '/cover/share')
    await page.getByRole('button', { name: 'Suggest a fair share' }).click()
    await expect(readOn(page, /Nothing is handed over yet/)).toBeVisible()
    await expectAccessible(page, 'a suggested share')
    await expectNoSidewaysScroll(page, 'a suggested share')
    await page.getByText(/^Person by person/).click()
    const choices = person.getByRole('combobox')
    const many = await choices.count()
    for (let at = 0; at < many; at += 1) await choices.nth(at).selectOption('')
    await expect(page.getByText(/^Person by person: 0 of/)).toBeVisible()
  })

  await test.step('Amina chooses one of them, and writes what no record says', async () => {
    await person.getByRole('combobox').first().selectOption('Practitioner/ming-zhao')
    await page.getByText(/^What they will know about 1 person/).click()
    await page.getByLabel(/^What they should know about/).fill('Rings twice.')
    await page.getByRole('button', { name: 'Hand 1 person over' }).click()
    await expect(page.getByText('Say why, in a few words').first()).toBeVisible()
    await page.getByLabel(/^Why/).fill('Lives nearer to Ming.')
    await page.getByRole('button', { name: 'Hand 1 person over' }).click()
    await expect(page.getByRole('button', { name: 'Take it back' })).toBeVisible()
    await signOut(page)
  })

  await test.step('Ming finds the pack with Amina’s words', async () => {
    await signIn(page, 'Ming Zhao')
    await openPage(page, '/cover')
    await page.getByRole('link', { name: /^1 person of Amina Yusuf/ }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'Handed over for good' }),
    ).toBeVisible()
    await expect(readOn(page, 'Rings twice.')).toBeVisible()
    await expect(readOn(page, 'Ming Zhao coordinates the care now')).toBeVisible()
    await expectAccessible(page, 'the pack')
    await expectNoSidewaysScroll(page, 'the pack')
  })
})
