import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn } from '../support/people.ts'

test('What a carer writes is between that carer and the team; all together is another thread', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Chidi Okafor')

  await test.step('Before he writes, the page says who reads it: no other carer', async () => {
    await openPage(page, '/my/messages')
    await page.getByRole('button', { name: 'Write a message' }).click()
    await expect(
      readOn(page, 'Read by Chidi Okafor, the care team and Grace. Other carers cannot read it.'),
    ).toBeVisible()
    await expectAccessible(page, 'a message of a carer')
    await expectNoSidewaysScroll(page, 'a message of a carer')
    await page.getByRole('textbox', { name: 'Your message' }).fill('I am worn out. May I ring you?')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await page.getByText('A question', { exact: true }).first().click()
    await expect(readOn(page, 'I am worn out. May I ring you?')).toBeVisible()
  })

  await test.step('Amina sees with whom it is, answers him alone, and writes to all together', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/messages')
    await expect(page.getByText('a carer and the team').first()).toBeVisible()
    await page
      .getByRole('link', { name: /OKAFOR/i })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: 'If it is urgent, do not write' })).toBeVisible()
    await page.getByText('A question', { exact: true }).first().click()
    await expect(readOn(page, /Read by Chidi Okafor, the care team and Grace/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Your answer' }).fill('Yes. I am here until five.')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect(readOn(page, 'Yes. I am here until five.')).toBeVisible()
    await page.getByRole('button', { name: 'Write a message' }).click()
    await page.getByRole('textbox', { name: 'Your message' }).fill('The nurse comes on Monday.')
    await page.getByRole('button', { name: 'Send the message' }).last().click()
    await expect(page.getByText('Select who reads it')).toBeVisible()
    await expect(page.getByRole('radio', { name: /^Chidi Okafor and the care team/ })).toBeVisible()
    await expectAccessible(page, 'who reads a message')
    await expectNoSidewaysScroll(page, 'who reads a message')
    await page.getByRole('radio', { name: /^All together/ }).check()
    await page.getByRole('button', { name: 'Send the message' }).last().click()
    await expect(page.getByText('A question', { exact: true })).toHaveCount(2)
  })

  await test.step('Chidi reads both, and who reads each of them', async () => {
    await signIn(page, 'Chidi Okafor')
    await openPage(page, '/my/messages')
    const threads = page.getByText('A question', { exact: true })
    await expect(threads).toHaveCount(2)
    await threads.first().click()
    await threads.nth(1).click()
    await expect(readOn(page, 'The nurse comes on Monday.')).toBeVisible()
    await expect(readOn(page, 'Yes. I am here until five.')).toBeVisible()
    await expect(readOn(page, /Other carers cannot read it/)).toHaveCount(1)
  })

  await test.step('Grace can read it, as the page said', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/messages')
    const threads = page.getByText('A question', { exact: true })
    await expect(threads).toHaveCount(2)
    await threads.nth(1).click()
    await expect(readOn(page, 'I am worn out. May I ring you?')).toBeVisible()
  })
})
