import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { byPointer } from '../support/hands.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const reason = 'Found on the floor at the market, cannot say what she takes.'

test('A user without access opens Grace’s record by break-glass, and the practice and Grace see who and why', async ({
  page,
  secondBrowser,
}) => {
  const practice = await secondBrowser()
  await page.goto('/')
  await signIn(page, 'Dr Robin Vale')

  await test.step('A user without access finds nothing of Grace’s', async () => {
    await goTo(page, `/people/${graceId}/story`)
    await expect(page.getByText('Okafor')).toHaveCount(0)
  })

  await test.step('A wrong date of birth opens nothing, and the page does not say why', async () => {
    await goTo(page, '/emergency')
    await expect(page.getByRole('heading', { name: 'Open a record in an emergency' })).toBeVisible()
    await looksRight(page, 'emergency')
    await page.getByLabel('NHS number').fill('999 100 1018')
    await byPointer.day(page.getByRole('group', { name: 'Date of birth' }), '1934-01-05')
    await page.getByLabel('A medical emergency').check()
    await page.getByLabel('What happened, in a few words').fill(reason)
    await page.getByRole('button', { name: 'Open the record' }).click()
    await expect(page.getByText('We cannot find anyone with this number')).toBeVisible()
    await looksRight(page, 'emergency without a match')
  })

  await test.step('Number and date together open the record, and every page says so', async () => {
    await byPointer.day(page.getByRole('group', { name: 'Date of birth' }), '1934-01-04')
    await page.getByRole('button', { name: 'Open the record' }).click()
    await expect(page.getByText('You opened this record in an emergency.')).toBeVisible()
    await expect(page.getByText('It closes in 60 minutes.')).toBeVisible()
    await expect(page.getByText('Furosemide 40 mg tablets').first()).toBeVisible()
    await looksRight(page, 'emergency open')
    await goTo(page, `/people/${graceId}/plan`)
    await expect(page.getByRole('button', { name: 'Finish now' })).toBeVisible()
  })

  await test.step('The access is on Amina’s Today', async () => {
    await practice.goto('/')
    await signIn(practice, 'Amina Yusuf')
    await expect(practice.getByRole('heading', { name: 'Opened in an emergency' })).toBeVisible()
    await expect(practice.getByText(reason)).toBeVisible()
    await looksRight(practice, 'emergency on today')
  })

  await test.step('After the end nothing of the record is shown', async () => {
    await page.getByRole('button', { name: 'Finish now' }).click()
    await expect(page.getByRole('heading', { name: 'Find people we could help' })).toBeVisible()
    await goTo(page, `/people/${graceId}/plan`)
    await expect(page.getByText('Okafor')).toHaveCount(0)
    await expect(page.getByText('St Anne’s on a Sunday')).toHaveCount(0)
  })

  await test.step('Grace sees who opened her record, and why', async () => {
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my/who-looked')
    await expect(page.getByText('opened your record in an emergency').first()).toBeVisible()
    await expect(page.getByText(reason).first()).toBeVisible()
    await looksRight(page, 'who has looked')
  })

  await test.step('It leaves Today when Amina closes it', async () => {
    await practice.getByRole('button', { name: 'Close it' }).first().click()
    await practice
      .getByLabel('What you found out, and who agrees')
      .fill('Rang the hospital: right.')
    await practice.getByRole('dialog').getByRole('button', { name: 'Close it' }).click()
    await expect(practice.getByRole('heading', { name: 'Opened in an emergency' })).toHaveCount(0)
  })
})
