import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { openPage, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const what = 'Ask the pharmacy for large labels'

test('A team is asked, the doctor takes it from Today, and it comes again when it is done', async ({
  page,
  secondBrowser,
}) => {
  test.slow()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Amina asks anyone at the surgery, within two working days, every week', async () => {
    await openPage(page, `/people/${graceId}/tasks`)
    await page.getByRole('button', { name: 'Add a task' }).click()
    const form = page.getByRole('form', { name: 'Add a task' })
    await form.getByRole('textbox', { name: 'What needs to be done' }).fill(what)
    await form
      .getByRole('combobox', { name: /^Who will do it/ })
      .selectOption({ label: 'Anyone at Brook Surgery' })
    await form
      .getByRole('combobox', { name: /^By when/ })
      .selectOption({ label: 'Within some working days' })
    await form.getByRole('textbox', { name: 'How many working days' }).fill('ten')
    await form.getByRole('button', { name: 'Add task' }).click()
    await expect(form.getByText('Enter a number from 0 to 90').first()).toBeVisible()
    await form.getByRole('textbox', { name: 'How many working days' }).fill('2')
    await form
      .getByRole('combobox', { name: 'Does it come again?' })
      .selectOption({ label: 'Every week' })
    await looksRight(page, 'a task for a team')
    await form.getByRole('button', { name: 'Add task' }).click()
    const row = page.getByRole('listitem').filter({ hasText: what }).first()
    await expect(row.getByText('Comes again every week')).toBeVisible()
    await expect(row.getByText('Within 2 working days')).toBeVisible()
  })

  const doctors = await secondBrowser()
  await test.step('Dr Patel sees what is asked of him, and takes it', async () => {
    await doctors.goto('/')
    await signIn(doctors, 'Dr Anil Patel')
    const row = doctors.getByRole('listitem').filter({ hasText: what })
    await expect(row.getByText('Nobody yet')).toBeVisible()
    await looksRight(doctors, 'the doctor’s Today')
    await row.getByRole('button', { name: 'Take it' }).click()
    await expect(row.getByText('Nobody yet')).toHaveCount(0)
  })

  await test.step('Amina sees who has it', async () => {
    const row = page.getByRole('listitem').filter({ hasText: what }).first()
    await expect(row.getByText(/^Dr Anil Patel/).first()).toBeVisible()
  })

  await test.step('He ticks it off with others at once, and the next one is there', async () => {
    await openPage(doctors, '/tasks')
    await doctors.getByRole('checkbox', { name: `Choose: ${what}` }).check()
    await looksRight(doctors, 'tasks by day')
    await doctors.getByRole('button', { name: 'Mark them as done' }).click()
    await expect(doctors.getByText('1 task saved')).toBeVisible()
    await expect(doctors.getByText(what).first()).toBeVisible()
    await openPage(page, `/people/${graceId}/tasks`)
    await expect(page.getByText('Done or no longer needed', { exact: false })).toBeVisible()
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: what })
        .first()
        .getByText(/Asked, not accepted/),
    ).toBeVisible()
  })
})
