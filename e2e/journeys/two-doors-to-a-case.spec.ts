import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, signIn } from '../support/people.ts'

test('A GP refers to the team, and a person in hospital whom nobody knows is taken on', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Dr Anil Patel')
  await openPage(page, '/find/in-hospital')
  const onWard = page.getByRole('region', { name: 'On a ward' })
  const inDepartment = page.getByRole('region', { name: 'In an emergency department' })

  await test.step('Dr Patel refers somebody in the emergency department', async () => {
    await inDepartment.getByRole('link').first().click()
    await page.getByRole('link', { name: 'Tasks and referrals' }).click()
    await page.getByRole('button', { name: 'Refer to a service' }).click()
    await page.getByRole('radio', { name: /A case manager/ }).check()
    await page.getByLabel('Who you are asking').selectOption({ label: 'Brook Surgery' })
    await page.getByRole('button', { name: 'Send referral' }).click()
    await expect(page.getByText('Say why this person needs a case manager')).toBeVisible()
    await page.getByLabel('Why', { exact: true }).fill('In the department for the third time')
    await expectAccessible(page, 'a referral for a case manager')
    await page.getByRole('button', { name: 'Send referral' }).click()
    await expect(page.getByText('Sent to Brook Surgery')).toBeVisible()
  })

  await test.step('Amina reads why, points one to other help and takes the other on', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/find/referrals')
    await expectAccessible(page, 'referrals to us')
    await expectNoSidewaysScroll(page, 'referrals to us')
    await expect(page.getByRole('heading', { name: '3 to answer, 1 late' })).toBeVisible()
    const late = page.getByRole('listitem').filter({ hasText: 'Late' })
    await late.getByRole('button', { name: /Point to other help/ }).click()
    await page.getByLabel('Who can help instead, and how to reach them').fill('The lunch club')
    await page.getByRole('form').getByRole('button', { name: 'Point to other help' }).click()
    await expect(page.getByRole('heading', { name: '2 to answer' })).toBeVisible()
    await expect(page.getByText('“The lunch club”')).toBeVisible()
    const row = page.getByRole('listitem').filter({ hasText: 'for the third time' })
    await row.getByRole('button', { name: /^Take on/ }).click()
    await expect(row.getByText('With Amina Yusuf')).toBeVisible()
    await expect(page.getByRole('heading', { name: '1 to answer' })).toBeVisible()
  })

  await test.step('She finds who is on a ward without a coordinator, and takes them on', async () => {
    await goTo(page, '/find/in-hospital')
    await expect(page.getByRole('link', { name: 'Nobody coordinates (2)' })).toBeVisible()
    await expectAccessible(page, 'in hospital')
    await expectNoSidewaysScroll(page, 'in hospital')
    await onWard.getByRole('button', { name: /^Take on/ }).click()
    await expect(page.getByRole('link', { name: 'Nobody coordinates (1)' })).toBeVisible()
    await page.getByRole('link', { name: /^On a caseload/ }).click()
    await expect(onWard.getByText('With Amina Yusuf').first()).toBeVisible()
    await expect(inDepartment.getByText('With Amina Yusuf')).toBeVisible()
  })
})
