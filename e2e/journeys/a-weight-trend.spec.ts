import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

const weights = `/people/${graceId}/readings?kind=weight`
const done = 'Rang her: no new swelling. Dr Patel changes the water tablet today.'

const notices = (page: Page) => page.locator('.alert-notice')

async function weighs(page: Page, kilograms: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Weight (kg)' }).fill(kilograms)
  await page.getByRole('button', { name: 'Save the reading' }).click()
}

test('Two kilograms in three days raise one alert to one owner, who sees why and says what was done', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, weights)

  await test.step('Amina agrees that Grace’s weight is watched for a trend', async () => {
    await expect(notices(page)).toHaveCount(0)
    await page.getByRole('button', { name: /^Watch for this.*Weight up by 2 kg/ }).click()
    await expect(
      page.getByRole('button', { name: /^No longer watch for this.*Weight up by 2 kg/ }),
    ).toBeVisible()
    await expectAccessible(page, 'a trend that is watched')
  })

  await test.step('Grace weighs two kilograms more, and is told that it matters', async () => {
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my/readings')
    await weighs(page, '70.2')
    await expect(readOn(page, 'Saved. This has changed a lot.')).toBeVisible()
    await expectAccessible(page, 'a reading that is a trend')
    await expectNoSidewaysScroll(page, 'a reading that is a trend')
    await weighs(page, '70.3')
    await expect(page.getByText('70.3 kg').first()).toBeVisible()
  })

  await test.step('Karen sees one alert, and that Amina answers it', async () => {
    await signIn(page, 'Karen Lee')
    await openPage(page, weights)
    await expect(readOn(notices(page), 'Amina Yusuf answers this')).toBeVisible()
    await expect(notices(page)).toHaveCount(1)
  })

  await test.step('Amina sees why it came: the same comes of the readings again', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, weights)
    await expect(notices(page)).toHaveCount(1)
    const notice = notices(page)
    await expect(readOn(notice, /^Yours/)).toBeVisible()
    await notice.getByText('Why did this come?').click()
    await expect(readOn(notice, 'Weight up by 2 kg or more in 3 days')).toBeVisible()
    await expect(readOn(notice, 'Worked out again from these readings: the same.')).toBeVisible()
    await expect(readOn(notice, /not the same|cannot be worked out/)).toHaveCount(0)
    await expectAccessible(page, 'why an alert came')
    await expectNoSidewaysScroll(page, 'why an alert came')
  })

  await test.step('An answer needs words, stays with the alert, and Karen reads it', async () => {
    const notice = notices(page)
    await notice.getByRole('button', { name: 'Save, and keep it open' }).click()
    await expect(readOn(notice, 'Enter what was done')).toBeVisible()
    await notice.getByLabel('What was done about it').fill(done)
    await notice.getByRole('button', { name: 'Save, and keep it open' }).click()
    await expect(readOn(notice, /Answered, not closed yet/)).toBeVisible()
    await expect(readOn(notice, new RegExp(done))).toBeVisible()
    await signIn(page, 'Karen Lee')
    await openPage(page, weights)
    await expect(readOn(notices(page), new RegExp(done))).toBeVisible()
  })

  await test.step('Amina closes it: what was done stays with the reading', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, weights)
    await notices(page).getByLabel('What was done about it').fill('She is 69 kg again.')
    await notices(page)
      .getByRole('button', { name: /^Save and close/ })
      .click()
    await expect(notices(page)).toHaveCount(0)
    await expect(readOn(page.locator('.dealt-with'), /She is 69 kg again/)).toBeVisible()
    await expectAccessible(page, 'an alert that was dealt with')
  })
})
