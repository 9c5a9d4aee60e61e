import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

test('Karen finds on her page what waits, deals with a missed visit, and decides about a safeguarding concern', async ({
  page,
}) => {
  await page.goto('/')

  await test.step('Her page shows plans to write and to agree, and a missed visit', async () => {
    await signIn(page, 'Karen Lee')
    await openPage(page, '/social-care')
    await expect(page.getByRole('region', { name: /^Right to support/ })).toBeVisible()
    await expect(page.getByRole('region', { name: /^Waiting for the person/ })).toBeVisible()
    await expectAccessible(page, 'social care')
    await expectNoSidewaysScroll(page, 'social care')
  })

  await test.step('She reads the plan, what a week of care costs, and says what was done', async () => {
    const missed = page.getByRole('region', { name: /^Missed visits/ })
    await missed.getByRole('link').click()
    await expect(page.getByRole('heading', { name: 'Support plan', exact: true })).toBeVisible()
    await expect(page.getByText('left of the budget')).toBeVisible()
    await expectAccessible(page, 'a support plan')
    await expectNoSidewaysScroll(page, 'a support plan')
    await page.getByRole('button', { name: 'Say what was done' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Rang Kind Hands: they come at noon')
    await dialog.getByRole('button', { name: 'Say what was done' }).click()
    await expect(page.getByText('Rang Kind Hands: they come at noon')).toBeVisible()
  })

  await test.step('She raises a concern, and decides that the duty is met', async () => {
    const path = new URL(page.url()).pathname.replace('support-plan', 'safeguarding')
    await openPage(page, path)
    await page.getByRole('button', { name: 'Raise a concern' }).click()
    await page.getByLabel('What happened, or what do you fear?').fill('Money goes from the tin')
    await page.getByLabel('Who is at risk, and of what?').fill('The person, of theft')
    await page.getByLabel('What does the person want to happen?').fill('That it stops')
    await page.getByLabel('What was done so that everybody is safe now?').fill('The tin is empty')
    await expectAccessible(page, 'raising a concern')
    await expectNoSidewaysScroll(page, 'raising a concern')
    await page.getByRole('button', { name: 'Raise the concern' }).click()
    const concern = page.getByRole('region', { name: 'A safeguarding concern' })
    await expect(concern.getByText('Money goes from the tin')).toBeVisible()
    for (const box of await concern.getByRole('checkbox').all()) await box.check()
    await concern.getByRole('radio', { name: 'Enquiry under section 42' }).check()
    await concern.getByLabel('Your reasons').fill('All three hold')
    await concern.getByRole('button', { name: 'Record the decision' }).click()
    await expect(concern.getByText('All three hold')).toBeVisible()
    await expectAccessible(page, 'a concern')
  })

  await test.step('Tom, who is no part of it, finds nothing', async () => {
    const path = new URL(page.url()).pathname
    await signIn(page, 'Tom Price')
    await openPage(page, path)
    await expect(page.getByText('There is no concern here that you may read.')).toBeVisible()
  })
})
