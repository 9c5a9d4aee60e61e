import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn, signOut } from '../support/people.ts'
import { moveClock, setClock } from '../support/set-clock.ts'

test('A message at night is answered by what to do now, and by somebody when the team is back', async ({
  context,
  page,
}) => {
  // two in the morning, in the night to the bank holiday of Monday 31 May 2027
  await setClock(context, '2027-05-31T01:00:00Z')
  await page.goto('/')
  await signIn(page, 'Grace Okafor')

  await test.step('What to do now stands first: nobody reads messages, and the team is back after the holiday', async () => {
    await openPage(page, '/my/messages')
    const now = page.getByRole('region', { name: 'If it is urgent, do not write' })
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
      'If it is urgent, do not write',
    )
    await expect(now.getByRole('link', { name: '111' }).first()).toBeVisible()
    await expect(now.getByRole('link', { name: '999' }).first()).toBeVisible()
    await expect(page.getByText('Nobody reads messages now.')).toBeVisible()
    // Tuesday, not Monday
    await expect(readOn(page, /The care team is back: tomorrow, 8:00/)).toBeVisible()
    await expect(readOn(page, /Somebody reads your message by tomorrow, 18:30/)).toBeVisible()
    await expectAccessible(page, 'messages at night')
    await expectNoSidewaysScroll(page, 'messages at night')
  })

  await test.step('Words that sound urgent bring up whom to call; the message is sent all the same', async () => {
    await page.getByRole('button', { name: 'Write a message' }).click()
    const words = page.getByRole('textbox', { name: 'Your message' })
    await words.fill('I cannot breathe well when I lie down')
    await expect(page.getByText('Is this urgent? Do not wait for an answer')).toBeVisible()
    await words.fill('I slept in the chair. May Amina come on Tuesday?')
    await page.getByRole('radio', { name: 'Grace and the care team', exact: true }).check()
    await page.getByRole('button', { name: 'Send the message' }).click()
    await page.getByText('A question', { exact: true }).first().click()
    await expect(readOn(page, 'I slept in the chair.')).toBeVisible()
    await signOut(page)
  })

  await test.step('On Tuesday at eight Amina is back: it is not late, and she answers', async () => {
    await moveClock(page, '2027-06-01T07:05:00Z')
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/messages')
    await expect(page.getByText(/^To read by today, 18:30/)).toBeVisible()
    await expectAccessible(page, 'messages of the night')
    await page.getByRole('link', { name: /OKAFOR/i }).click()
    // the page of one person, and no longer the list
    await expect(page.getByRole('heading', { name: 'If it is urgent, do not write' })).toBeVisible()
    await page.getByText('A question', { exact: true }).first().click()
    await page.getByRole('textbox', { name: 'Your answer' }).fill('Yes, at ten. Weigh yourself.')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await expect(readOn(page, 'Yes, at ten. Weigh yourself.')).toBeVisible()
    await signOut(page)
  })

  await test.step('Grace reads the answer, and that the team works now', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/messages')
    await expect(page.getByText('The care team is working now.')).toBeVisible()
    await page.getByText('A question', { exact: true }).first().click()
    await expect(readOn(page, 'Yes, at ten. Weigh yourself.')).toBeVisible()
    await expectNoSidewaysScroll(page, 'the answer in the morning')
  })
})
