import { expect, type Page } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

const grace = '/people/p-3f9c27d1/programmes'
const home = 'Home from hospital'

const card = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) })
const send = async (page: Page, name: string) =>
  await page.getByRole('form').getByRole('button', { name, exact: true }).click()

test('A person is invited, tried, enters, pauses and leaves; and says stop to another programme', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, grace)

  await test.step('Amina invites Grace, although another programme excludes this one', async () => {
    await page.getByRole('button', { name: `Invite to ${home}` }).click()
    await page.getByLabel('In words').fill('She came home on Monday.')
    await send(page, 'Invite')
    await expect(page.getByText('Enter a reason')).toBeVisible()
    await expect(page.getByLabel('In words'), 'nothing is lost').toHaveValue(
      'She came home on Monday.',
    )
    await page.getByLabel('Why all the same?').fill('Both for two weeks')
    await looksRight(page, 'an invitation')
    await send(page, 'Invite')
    await expect(card(page, home).getByText('Invited', { exact: true })).toBeVisible()
  })

  await test.step('Nobody answers, then Grace does', async () => {
    for (const outcome of ['No answer', 'Reached']) {
      await page.getByRole('button', { name: `Record an attempt: ${home}` }).click()
      await send(page, 'Record an attempt')
      await expect(page.getByText('Error: Choose how')).toBeVisible()
      await expect(page.getByText('Error: Choose what came of it')).toBeVisible()
      await page.getByLabel('How did you try?').selectOption('Call')
      await page.getByLabel('What came of it?').selectOption(outcome)
      await send(page, 'Record an attempt')
      await expect(card(page, home).getByText(`Call: ${outcome}`)).toBeVisible()
    }
  })

  await test.step('She enters on a day that has come, with a reason against what the record shows', async () => {
    await page.getByRole('button', { name: `Enter the programme: ${home}` }).click()
    const year = page.getByRole('form').getByLabel('Year')
    const now = await year.inputValue()
    await year.fill(String(Number(now) + 1))
    await page.getByLabel('Why all the same?').fill('She asked for it')
    await send(page, 'Enter the programme')
    await expect(page.getByText('Enter today’s date or an earlier one')).toBeVisible()
    await expect(page.getByLabel('Why all the same?')).toHaveValue('She asked for it')
    await year.fill(now)
    await send(page, 'Enter the programme')
    await expect(card(page, home).getByText('In the programme', { exact: true })).toBeVisible()
  })

  await test.step('It pauses, goes on, and ends with a reason', async () => {
    await page.getByRole('button', { name: `Pause: ${home}` }).click()
    await send(page, 'Pause')
    await expect(page.getByText('Error: Choose a reason')).toBeVisible()
    await page.getByLabel('Why?').selectOption('In hospital')
    await send(page, 'Pause')
    await page.getByRole('button', { name: `Resume: ${home}` }).click()
    await send(page, 'Resume')
    await page.getByRole('button', { name: `End: ${home}` }).click()
    await expect(page.getByLabel('Why?').locator('option', { hasText: 'Died' })).toHaveCount(0)
    await page.getByLabel('Why?').selectOption('Other')
    await send(page, 'End')
    await expect(page.getByText('Enter a few words')).toBeVisible()
    await page.getByLabel('Why?').selectOption('Reached the goal')
    await send(page, 'End')
    await expect(card(page, home).getByText('Ended: Reached the goal')).toBeVisible()
    await looksRight(page, 'programmes of a person')
  })

  await test.step('Grace reads it in plain words, and stops the other one', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/programmes')
    await expect(card(page, home).getByText(/^This ended on/)).toBeVisible()
    await page.getByRole('button', { name: /^I want to stop: Proactive care/ }).click()
    await looksRight(page, 'stopping a programme')
    await page.getByRole('button', { name: 'Yes, stop' }).click()
    await expect(page.getByRole('button', { name: /^I want to stop/ })).toHaveCount(0)
    await looksRight(page, 'my programmes')
  })

  await test.step('Amina sees that she stopped, on her page and in the list', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, grace)
    const stopped = card(page, 'Proactive care, frailty')
    await expect(stopped.getByText('Ended: Asked to stop').first()).toBeVisible()
    await expect(stopped.getByText('Grace Okafor').first()).toBeVisible()
    await openPage(page, '/find/programmes/programme-frailty?who=all')
    const row = page.locator('.programme-row', { hasText: 'Ended: Asked to stop' })
    await row.locator('summary').click()
    await expect(row.getByText('Ended: Asked to stop')).toBeVisible()
    await looksRight(page, 'one programme')
  })
})
