import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, signIn } from '../support/people.ts'

const tasks = `/people/${graceId}/tasks`
const tablet = 'Ring about the new water tablet'

test('Amina passes a task on with a reason, and Karen accepts and closes a referral', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, tasks)

  await test.step('Passing a task on needs a name and a reason', async () => {
    await page.getByRole('button', { name: `Pass on: ${tablet}` }).click()
    await page.getByRole('button', { name: 'Pass it on' }).click()
    await expect(page.getByText('Choose who will do it now')).toBeVisible()
    await expect(page.getByText('Enter a reason, so that others understand later')).toBeVisible()
    await expectAccessible(page, 'passing a task on')
    await page
      .getByLabel('Who will do it now')
      .selectOption({ label: 'Ming Zhao, Pharmacist, Brook Surgery' })
    await page.getByLabel('Why it is being passed on').fill('It is about the dose')
    await page.getByRole('button', { name: 'Pass it on' }).click()
    await expect(page.getByText('“It is about the dose”').first()).toBeVisible()
  })

  await test.step('Amina refers to the council for somebody at night', async () => {
    await page.getByRole('button', { name: 'Refer to a service' }).click()
    await page.getByLabel('Who you are asking').selectOption({ label: 'Riverside Council' })
    await page.getByLabel('What you are asking for').fill('Somebody to sit at night, twice a week')
    await page.getByLabel('Why', { exact: true }).fill('Chidi has not slept')
    await expectAccessible(page, 'a referral')
    await page.getByRole('button', { name: 'Send referral' }).click()
    await expect(page.getByText('Sent to Riverside Council')).toBeVisible()
    await expectNoSidewaysScroll(page, 'tasks and referrals')
  })

  await test.step('Karen accepts the referral, and closes it with its outcome', async () => {
    await signIn(page, 'Karen Lee')
    await goTo(page, tasks)
    await page.getByRole('button', { name: /Accept: Somebody to sit at night/ }).click()
    await page.getByRole('button', { name: /Done: Somebody to sit at night/ }).click()
    await page.getByLabel('What was the outcome?').fill('Tuesdays and Fridays from December')
    await page.getByRole('button', { name: 'Close the referral' }).click()
    await expect(page.getByText('“Tuesdays and Fridays from December”').first()).toBeVisible()
  })

  await test.step('Ming finds the task passed on among her own', async () => {
    await signIn(page, 'Ming Zhao')
    await goTo(page, '/tasks')
    await expect(page.getByText(tablet).first()).toBeVisible()
    await expect(page.getByText('“It is about the dose”').first()).toBeVisible()
    await expectAccessible(page, 'tasks')
  })
})
