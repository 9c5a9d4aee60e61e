import { expect, type Page } from '@playwright/test'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { openPage, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

async function decide(page: Page, words: string, kind: string): Promise<void> {
  await page.getByRole('textbox', { name: 'We decide that …' }).fill(words)
  await page.getByRole('combobox', { name: 'It becomes' }).selectOption({ label: kind })
  await page.getByRole('combobox', { name: 'Who does it' }).selectOption('Practitioner/karen-lee')
  const [year = '', month = '', day = ''] = dayFromToday(7).split('-')
  const by = page.getByRole('group', { name: 'By which day' })
  await by.getByLabel('Day', { exact: true }).fill(day)
  await by.getByLabel('Month', { exact: true }).fill(month)
  await by.getByLabel('Year', { exact: true }).fill(year)
  await page.getByRole('button', { name: 'Add it' }).click()
}

/** On a phone the meeting has three pages; on a desk all three stand side by side. */
async function showPart(page: Page, name: 'Agenda' | 'Person' | 'Letter'): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Parts of the meeting' })
  if (await parts.isVisible()) await parts.getByRole('link', { name }).click()
}

test('Four people meet about three, two screens see the same, and Grace gets a letter', async ({
  page,
  secondBrowser,
}) => {
  test.slow()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')

  await test.step('Amina plans the meeting from the agenda: Grace’s own question is first', async () => {
    await openPage(page, '/meetings')
    await page.getByRole('button', { name: 'Plan a meeting' }).click()
    const people = page.getByRole('group', { name: 'Whom we talk about, in this order' })
    const boxes = people.getByRole('checkbox')
    await expect(boxes.first()).toBeVisible()
    await expect(people.getByText(/Their own question/)).toBeVisible()
    const count = await boxes.count()
    for (let place = 3; place < count; place += 1) await boxes.nth(place).uncheck()
    for (const name of [/^Amina Yusuf/, /^Karen Lee/, /^Tom Price/])
      await page.getByRole('checkbox', { name }).check()
    await page
      .getByRole('textbox', { name: 'People of other organisations' })
      .fill('Jo Fox, Brightway')
    await looksRight(page, 'a meeting being planned')
    await page.getByRole('button', { name: 'Save the agenda' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 people, 4 minutes each')
    await showPart(page, 'Person')
    await expect(page.getByText('Can somebody sit with me at night').first()).toBeVisible()
    await looksRight(page, 'a meeting')
  })

  const address = new URL(page.url())
  const karens = await secondBrowser()
  await test.step('Karen has the same meeting open, and brings her words', async () => {
    await karens.goto('/')
    await signIn(karens, 'Karen Lee')
    await openPage(karens, address.pathname)
    await karens.getByRole('link', { name: 'OKAFOR, Grace' }).click()
    await karens
      .getByRole('textbox', { name: 'What you bring' })
      .fill('Brightway can add a visit at 10 in the evening.')
    await karens.getByRole('button', { name: 'Save your words' }).click()
    await showPart(page, 'Agenda')
    await page.getByRole('link', { name: 'OKAFOR, Grace' }).click()
    await expect(page.getByText('Brightway can add a visit at 10 in the evening.')).toBeVisible()
  })

  await test.step('The clock runs on both screens, and stops', async () => {
    await page.getByRole('button', { name: 'Start the clock' }).click()
    await expect(karens.getByRole('button', { name: 'Stop the clock' })).toBeVisible()
    await karens.getByRole('button', { name: 'Stop the clock' }).click()
    // stopped within half a second, nothing has run yet
    await expect(page.getByRole('button', { name: /^(Go on|Start the clock)$/ })).toBeVisible()
  })

  await test.step('Both decide at once; both see both, and what Karen types stays', async () => {
    await karens.getByRole('textbox', { name: 'We decide that …' }).fill('Half a sentence')
    await decide(page, 'The second stair rail is fitted.', 'A task')
    await expect(karens.getByText('The second stair rail is fitted.').first()).toBeVisible()
    await expect(karens.getByRole('textbox', { name: 'We decide that …' })).toHaveValue(
      'Half a sentence',
    )
    await decide(karens, 'Nobody can sit all night.', 'A need nobody can meet yet')
    await expect(page.getByText('Nobody can sit all night.').first()).toBeVisible()
    await looksRight(page, 'a meeting with decisions')
  })

  await test.step('Amina reads the letter through, and sends it', async () => {
    await showPart(page, 'Letter')
    await page.getByRole('button', { name: 'I have read it through' }).click()
    await page.getByRole('button', { name: 'Send it to Grace' }).click()
    await expect(page.getByText(/Sent by Amina Yusuf/)).toBeVisible()
    await showPart(page, 'Person')
    await page.getByRole('button', { name: /^Done with Grace/ }).click()
    await expect(page.getByRole('button', { name: /^Done with Grace/ })).toHaveCount(0)
    await showPart(page, 'Agenda')
    await expect(page.getByText(/Done, 2 decisions/)).toBeVisible()
  })

  await test.step('Karen’s task waits for her, and Grace reads her letter', async () => {
    await openPage(karens, '/tasks')
    await expect(karens.getByRole('list', { name: 'Due in the coming week' })).toBeVisible()
    // what is due in later weeks is closed
    const later = karens.locator('details.tasks-later:not([open]) > summary')
    for (const each of (await later.all()).toReversed()) await each.click()
    await expect(karens.getByText('The second stair rail is fitted.')).toBeVisible()
    await signIn(page, 'Grace Okafor')
    const letters = page.getByRole('region', { name: 'Team meetings' })
    await expect(letters.getByText('The second stair rail is fitted.')).toBeVisible()
    await expect(letters.getByText(/We are sorry/)).toBeVisible()
    await looksRight(page, 'the letter on Grace’s page')
    expect((await page.request.post('/fhir/Appointment/$meetings')).status()).toBe(403)
  })
})
