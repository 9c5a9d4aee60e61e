import { expect } from '@playwright/test'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

const grace = '9991001018'
/** Another month for each number, all of them over. */
const monthsAgo = (count: number) => dayFromToday(-31 * count).slice(0, 7)

/** Three lines a month for seven months; one has no cost; one is of nobody here, one below zero, one ends too early. */
const file = [
  'Line,NHS number,Admission date,Discharge date,Admission method,HRG,Cost',
  ...Array.from({ length: 7 }, (_, back) =>
    [1, 2, 3].map(
      (place) =>
        `J${back}-${place},${grace},${monthsAgo(back + 1)}-0${place * 2},${monthsAgo(back + 1)}-0${place * 2},11,DZ11K,${place === 3 && back === 0 ? '' : '100'}`,
    ),
  ).flat(),
  `J-nobody,9999999999,${monthsAgo(2)}-05,,21,,50`,
  `J-minus,${grace},${monthsAgo(2)}-05,,21,,-50`,
  `J-early,${grace},${monthsAgo(2)}-05,${monthsAgo(2)}-01,21,,50`,
].join('\r\n')

test('A feed with faults is imported, its months are told, and a nurse sees what is known of the cost', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Sam Field')

  await test.step('Sam imports the file, and every refused line has its reason', async () => {
    await openPage(page, '/import')
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'sus.csv', mimeType: 'text/csv', buffer: Buffer.from(file) }])
    const outcome = page.getByRole('region', { name: 'What was imported' })
    await expect(
      outcome.getByRole('row', { name: 'Lines of activity and cost 21 3' }),
    ).toBeVisible()
    await expect(outcome.getByText('Nobody here has this number')).toBeVisible()
    await expect(outcome.getByText('The cost is below zero (-50)')).toBeVisible()
    await expect(outcome.getByText('It ends')).toBeVisible()
  })

  await test.step('The page says which months are not complete, and what was refused', async () => {
    await openPage(page, '/find/feeds')
    await expect(page.getByRole('heading', { name: 'SUS' })).toBeVisible()
    await expect(page.getByText(/^Not complete yet: /)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Lines that were refused' })).toBeVisible()
    await expect(page.getByText('J-nobody')).toBeVisible()
    await looksRight(page, 'cost and activity')
  })

  await test.step('Amina sees at Grace what is known, what is not, and what has not come yet', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, '/people/p-3f9c27d1/score')
    const card = page.locator('section', {
      has: page.getByRole('heading', { name: 'Cost of care, from elsewhere' }),
    })
    await expect(card.getByText('£2,000')).toBeVisible()
    await expect(card.getByText('1 of them says no cost')).toBeVisible()
    await expect(card.getByText('on it is not complete yet')).toBeVisible()
    await looksRight(page, 'the cost of care of a person')
  })

  await test.step('Ruth sees counts in fives, and nothing that was refused', async () => {
    await signIn(page, 'Ruth Adler')
    await openPage(page, '/find/feeds')
    await expect(page.getByText('rounded to the nearest five, and none below five')).toBeVisible()
    await expect(page.getByText('J-nobody')).toHaveCount(0)
  })
})
