import { expect } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { byPointer } from '../support/hands.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'

const root = `/people/${graceId}`

test('A “no” is sent with a reason or undone, and no text is in another person’s name by default', async ({
  page,
}) => {
  await page.goto('/')
  const button = (words: string | RegExp) => page.getByRole('button', { name: words })

  await test.step('Amina chooses a review date, and finds it when she returns', async () => {
    await signIn(page, 'Amina Yusuf')
    await openPage(page, `${root}/review`)
    const when = page.getByRole('group', { name: 'Next review date' })
    const day = dayFromToday(40)
    await byPointer.day(when, day)
    await openPage(page, '/caseload')
    await openPage(page, `${root}/review`)
    await expect(when.getByLabel('Day')).toHaveValue(String(Number(day.slice(8))))
    await expect(when.getByLabel('Month')).toHaveValue(String(Number(day.slice(5, 7))))
    await expect(when.getByLabel('Year')).toHaveValue(day.slice(0, 4))
    await page.reload()
    await expect(when.getByLabel('Day')).toHaveValue(String(Number(day.slice(8))))
  })

  await test.step('A goal of Grace’s that Amina changes counts as Amina’s words unless she names Grace as the speaker', async () => {
    await openPage(page, `${root}/plan/goals/goal-g3`)
    await button('Change the goal').click()
    const whose = page.getByLabel('Whose words are these?')
    await expect(whose.locator('option:checked')).toHaveText('Grace Okafor')
    await page.getByLabel('The goal, in the person’s own words').fill('Walk')
    await expect(whose.locator('option:checked')).toHaveText('Amina Yusuf')
    await looksRight(page, 'whose words')
  })

  await test.step('Grace’s “no” to a promise asks for a reason, and she can go back', async () => {
    await signIn(page, 'Grace Okafor')
    const no = button(/^No: /).first()
    await no.click()
    const words = page.getByLabel('What happened instead? You can leave this empty.')
    await words.fill('Nobody came')
    await button('Go back').first().click()
    await expect(words).toHaveCount(0)
    await expect(page.getByText('You said: this did not happen')).toHaveCount(0)
    await no.click()
    await words.fill('Nobody came')
    await button('Tell my team it did not happen').click()
    await expect(page.getByText('You said: this did not happen')).toBeVisible()
    await expect(readOn(page, 'Nobody came')).toBeVisible()
    await looksRight(page, 'a promise that did not happen')
    await button(/^Undo my answer/)
      .first()
      .click()
    await expect(page.getByText('You said: this did not happen')).toHaveCount(0)
    await expect(no).toBeVisible()
  })

  await test.step('Grace’s “not like this” closes the form when it is sent, and is on Today', async () => {
    await signIn(page, 'Amina Yusuf')
    await goTo(page, `${root}/plan/conversation`)
    await button('Add a need').click()
    await page.getByLabel('What the person needs, or is worried about').fill('Three more visits')
    await button('Save').click()
    await expect(readOn(page, 'Three more visits')).toBeVisible()
    await signIn(page, 'Grace Okafor')
    await goTo(page, '/my')
    await button('Not like this').click()
    const words = page.getByLabel('What should be different?')
    await words.fill('I want to be asked first')
    await button('Send this to my team').click()
    await expect(page.getByText('You said: not like this.')).toBeVisible()
    await expect(words).toHaveCount(0)
    await signIn(page, 'Amina Yusuf')
    await goTo(page, '/today')
    await expect(page.getByText('Said “not like this” to the plan')).toBeVisible()
    await expect(readOn(page, 'I want to be asked first')).toBeVisible()
  })
})
