import { expect } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { openPage, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

/** Grace by her number, and somebody without one who looks like her. */
const list = [
  'NHS number,Family name,Given name,Date of birth,Address,Town,Postcode',
  '9991001018,Okafor,Grace,04/01/1934,4 Mill Lane,Brook,ZZ2 1AA',
  ',Okafor,Grase,04/01/1934,4 Mill Lane,Brook,ZZ2 1AA',
].join('\n')

test('A whole list arrives: somebody who looks alike is decided, who would leave is looked at, taken, and undone', async ({
  page,
}) => {
  const bringIn = async () => {
    await openPage(page, '/import')
    const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) }
    await page.locator('input[type=file]').setInputFiles([file])
    await expect(page.getByRole('region', { name: 'What was imported' })).toBeVisible()
  }
  const lookWhoWouldLeave = async () => {
    await page.getByText('Is this the whole registered list of a practice?').click()
    await page.getByLabel('How many people does its system say are registered?').fill('2')
    await page.getByRole('button', { name: 'See who would leave' }).click()
  }
  const onTheList = page.locator('.roster__sum strong')
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, '/find/roster')
  const before = (await onTheList.textContent()) ?? ''

  await test.step('The list is imported, and a row looks like Grace: she does not leave because of it', async () => {
    await bringIn()
    await expect(page.getByText(/1 record looks like somebody who is here/)).toBeVisible()
    await looksRight(page, 'a list with somebody who looks alike')
    await page.getByText(/1 record looks like somebody who is here/).click()
  })

  await test.step('Both are compared side by side, and kept as two people; that is undone, and decided again', async () => {
    const pairs = page.getByRole('region', { name: 'Records that look alike' })
    await expect(
      pairs.getByRole('row', {
        name: /^Given name differs Grase Grace|^Given name differs Grace Grase/,
      }),
    ).toBeVisible()
    await looksRight(page, 'two records that look alike')
    const different = pairs.getByRole('button', { name: 'Two different people' })
    await different.press('Enter')
    await expect(page.getByText('Kept as two people. Nobody is asked again.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Decided lately' })).toContainText('two people')
    await page
      .getByRole('region', { name: 'Decided lately' })
      .getByRole('button', { name: /^Undo what was decided/ })
      .click()
    await page.getByRole('button', { name: 'Undo it' }).click()
    await expect(different).toBeVisible()
    await different.click()
    await expect(different).toHaveCount(0)
  })

  await test.step('It is taken as the whole list only after a look at who would leave, and with a reason', async () => {
    await bringIn()
    await lookWhoWouldLeave()
    await expect(page.getByText('More than a tenth would leave')).toBeVisible()
    await looksRight(page, 'who would leave')
    const mark = page.getByRole('button', { name: /It is the whole list: mark/ })
    await mark.click()
    await expect(page.getByText('Give a reason of at least 10 letters')).toBeVisible()
    await page.getByLabel(/Why do so many leave/).fill('The practice closes this month')
    await mark.click()
    await expect(page.getByText('This is now the whole list')).toBeVisible()
  })

  await test.step('They are gone from the registered list, and back when the list is taken back', async () => {
    await page.getByRole('link', { name: /See the registered list/ }).click()
    await expect(onTheList).not.toHaveText(before)
    await page.getByRole('button', { name: 'Take this list back' }).click()
    await page.getByLabel(/Why was it wrong/).fill('It was the list of another practice')
    await page.getByRole('dialog').getByRole('button', { name: 'Take this list back' }).click()
    await expect(page.getByText(/taken back/).first()).toBeVisible()
    await expect(onTheList).toHaveText(before)
    await page.getByText('How good the data is, source by source').click()
    await expect(page.getByRole('row', { name: /^No NHS number/ })).toBeVisible()
    await looksRight(page, 'the registered list with the quality of its data')
  })
})
