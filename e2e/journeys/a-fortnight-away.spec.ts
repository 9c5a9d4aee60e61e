import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, readOn, signIn, signOut } from '../support/people.ts'
import { moveClock, setClock } from '../support/set-clock.ts'

const weights = `/people/${graceId}/readings?kind=weight`

async function weighs(page: Page, kilograms: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Weight (kg)' }).fill(kilograms)
  await page.getByRole('button', { name: 'Save the reading' }).click()
  await expect(readOn(page, /^Saved\./)).toBeVisible()
}

async function looksRight(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what)
  await expectNoSidewaysScroll(page, what)
}

test('Amina’s fortnight away is covered by Ming and handed back: the person knows whom to ask, and an alert goes to Ming', async ({
  context,
  page,
}) => {
  // nine in the morning of a Monday
  await setClock(context, '2027-06-07T08:00:00Z')
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Amina agrees that Grace’s weight is watched', async () => {
    await openPage(page, weights)
    await page.getByRole('button', { name: /^Watch for this.*Weight up by 2 kg/ }).click()
    await expect(
      page.getByRole('button', { name: /^No longer watch for this.*Weight up by 2 kg/ }),
    ).toBeVisible()
  })

  await test.step('Amina writes down when she is away and who covers, and what Ming should know about Grace', async () => {
    await openPage(page, '/cover')
    await page.getByRole('button', { name: 'Write down days away' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Choose who covers').first()).toBeVisible()
    await looksRight(page, 'days away with what is missing')
    await page.getByLabel('Who covers').selectOption('Practitioner/ming-zhao')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(readOn(page, 'Away now')).toBeVisible()
    await looksRight(page, 'days away')
    await page.getByRole('link', { name: 'What your cover should know' }).click()
    await page
      .getByRole('button', { name: 'Change who covers Grace Okafor and what they should know' })
      .click()
    await page
      .getByRole('textbox', { name: 'What they should know' })
      .fill('Ring after ten. She dries the phone twice.')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(readOn(page, 'Ring after ten. She dries the phone twice.')).toBeVisible()
    await looksRight(page, 'what the cover should know')
    await signOut(page)
  })

  await test.step('Grace reads that Amina is away, and whom to ask', async () => {
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my')
    const call = page.getByRole('region', { name: 'Who to call' })
    await expect(call).toContainText(/Amina Yusuf is away until .+\. Ask Ming Zhao\./)
    await expectNoSidewaysScroll(page, 'who to call while somebody is away')
    await openPage(page, '/my/readings')
    await weighs(page, '68.2')
    await signOut(page)
  })

  await test.step('Ming has her people on Today and in the caseload, each with for whom and until when', async () => {
    await signIn(page, 'Ming Zhao')
    await openPage(page, '/today')
    await expect(readOn(page, /You cover for/)).toBeVisible()
    await openPage(page, '/caseload')
    await expect(page.getByText(/^For Amina Yusuf until/).first()).toBeVisible()
    await looksRight(page, 'a caseload with people of somebody else')
    await openPage(page, '/cover')
    await page.getByRole('link', { name: 'The people, one by one' }).click()
    const grace = page.getByRole('region', { name: /OKAFOR/i })
    await expect(grace).toContainText('Ring after ten. She dries the phone twice.')
    await expect(grace).toContainText('Promises and tasks')
    await looksRight(page, 'the people, one by one')
    await signOut(page)
  })

  await test.step('Two kilograms more on Tuesday raise an alert, and it is Ming’s', async () => {
    await moveClock(page, '2027-06-08T08:00:00Z')
    await signIn(page, 'Grace Okafor')
    await openPage(page, '/my/readings')
    await weighs(page, '70.5')
    await signOut(page)
    await signIn(page, 'Ming Zhao')
    await openPage(page, weights)
    await expect(readOn(page.locator('.alert-notice'), /^Yours/)).toBeVisible()
    await signOut(page)
  })

  await test.step('On the day after, everything is hers again, and she reads what happened', async () => {
    await moveClock(page, '2027-06-21T08:00:00Z')
    await signIn(page, 'Ming Zhao')
    await openPage(page, '/caseload')
    await expect(page.getByText(/^For Amina Yusuf until/)).toHaveCount(0)
    await signOut(page)
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/cover')
    await expect(readOn(page, 'Back: what happened is to be read')).toBeVisible()
    await page.getByRole('link', { name: 'What happened while you were away' }).click()
    await expect(page.getByText('Ming Zhao covered.')).toBeVisible()
    const grace = page.getByRole('region', { name: /OKAFOR/i })
    await expect(grace).toContainText('Alert, for Ming Zhao: Weight')
    await looksRight(page, 'what happened meanwhile')
    await page.getByRole('button', { name: 'Everything is read' }).click()
    await expect(readOn(page, 'Over, and read')).toBeVisible()
  })
})
