import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

test('A message is answered by what to do now first, and by somebody of the team later', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Grace Okafor')

  await test.step('What to do now stands first, and when somebody reads a message', async () => {
    await openPage(page, '/my/messages')
    const headings = page.getByRole('heading', { level: 2 })
    await expect(headings.first()).toHaveText('If it is urgent, do not write')
    await expect(page.getByText(/Somebody reads your message by/)).toBeVisible()
    await expectAccessible(page, 'my messages')
    await expectNoSidewaysScroll(page, 'my messages')
  })

  await test.step('Words that sound urgent bring up what to do now, and hold nothing back', async () => {
    await page.getByRole('button', { name: 'Write a message' }).click()
    const words = page.getByRole('textbox', { name: 'Your message' })
    await words.fill('I cannot breathe well at night')
    await expect(page.getByText('Is this urgent? Do not wait for an answer')).toBeVisible()
    // typed words outlive the page
    await page.reload()
    await page.getByRole('button', { name: 'Write a message' }).click()
    await expect(words).toHaveValue('I cannot breathe well at night')
    await words.fill('May Amina come on Tuesday instead?')
    await expect(page.getByText('Is this urgent? Do not wait for an answer')).toHaveCount(0)
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect(page.getByText('Select who reads it')).toBeVisible()
    await page.getByRole('radio', { name: 'Grace and the care team', exact: true }).check()
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect(page.getByText('A question', { exact: true }).first()).toBeVisible()
  })

  await test.step('Today says that nobody has seen it, and whose it is; nothing of what is in it', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/today')
    const group = page.getByRole('region', { name: /Messages that nobody has seen/ })
    await expect(group.getByText('Grace Okafor wrote a message')).toBeVisible()
    await expect(group.getByText('May Amina come')).toHaveCount(0)
    await openPage(page, '/messages')
    await expect(page.getByText(/^To read by/)).toBeVisible()
    await expectAccessible(page, 'messages')
    await expectNoSidewaysScroll(page, 'messages')
    await page.getByRole('link', { name: /OKAFOR/i }).click()
    // the page of one person, and no longer the list
    await expect(page.getByRole('heading', { name: 'If it is urgent, do not write' })).toBeVisible()
  })

  await test.step('Who opens it has seen it, by name; the answer reaches Grace', async () => {
    await page.getByText('A question', { exact: true }).first().click()
    await expect(page.getByText('May Amina come on Tuesday instead?')).toBeVisible()
    await expect(page.getByText(/Seen by.*Amina Yusuf/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Your answer' }).fill('Yes. I come at ten.')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect(page.getByText('Yes. I come at ten.')).toBeVisible()
    await expectAccessible(page, 'messages in the record')
    await expectNoSidewaysScroll(page, 'messages in the record')
    await openPage(page, '/today')
    await expect(page.getByText('Grace Okafor wrote a message')).toHaveCount(0)
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/messages')
    await page.getByText('A question', { exact: true }).first().click()
    await expect(page.getByText('Yes. I come at ten.')).toBeVisible()
  })
})
