import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { byPointer } from '../support/hands.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const plan = `/people/${graceId}/plan`
const goal = `${plan}/goals/goal-g3`

async function bothSignIn(page: Page, graces: Page): Promise<void> {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await graces.goto('/')
  await signIn(graces, 'Grace Okafor')
}

test('Grace prepares at home, takes half of what Amina suggests, and says how the talk was', async ({
  page,
  secondBrowser,
}) => {
  const graces = await secondBrowser()
  await bothSignIn(page, graces)

  await test.step('What Grace sends from home is on Amina’s page before they meet', async () => {
    await openPage(graces, '/my/prepare')
    await graces.getByLabel('What matters most to me now').fill('To sing at Easter.')
    await graces.getByRole('button', { name: 'Add one more question' }).click()
    await graces.getByLabel('Question 2').fill('Who drives me on Sundays?')
    await looksRight(graces, 'getting ready at home')
    await goTo(page, plan)
    await expect(page.getByText('Grace has prepared for')).toBeVisible()
    await expect(page.getByText('Who drives me on Sundays?')).toHaveCount(0)
    await graces.getByRole('button', { name: 'Send my changes' }).click()
    await expect(readOn(page, 'Who drives me on Sundays?')).toBeVisible()
    await page.getByText('Read all that was written').click()
    await expect(readOn(page, 'To sing at Easter.')).toBeVisible()
  })

  await test.step('Amina suggests other words for Grace’s goal, and Grace’s stay', async () => {
    await goTo(page, goal)
    await page.getByRole('button', { name: /^Suggest a change: I want to cook jollof/ }).click()
    await page
      .getByLabel('What should it say instead?')
      .fill('I want to cook jollof and pepper soup for Chidi’s birthday, sitting down.')
    await page.getByLabel(/^Why\?/).fill('Standing tires you.')
    await page.getByRole('button', { name: 'Send the suggestion' }).click()
    await expect(page.getByText('I want to cook jollof again').first()).toBeVisible()
    await openPage(graces, '/my')
    // Karen’s came first
    await graces.getByRole('heading', { name: 'Karen Lee suggests a change' }).click()
    await graces.getByRole('button', { name: 'No, because…' }).click()
    await graces.getByLabel('Why not? A word is enough.').fill('A feast day is too full.')
    await graces.getByRole('button', { name: 'Send my no' }).click()
  })

  await test.step('Grace takes half: it is hers, and the rest is declined beside it, with a word why', async () => {
    await expect(graces.getByRole('heading', { name: 'Karen Lee suggests a change' })).toHaveCount(
      0,
    )
    await graces.getByRole('heading', { name: 'Amina Yusuf suggests a change' }).click()
    await looksRight(graces, 'a suggestion to Grace')
    await graces.getByRole('button', { name: 'Change it' }).click()
    await graces
      .getByLabel('My words')
      .fill('I want to cook jollof for Chidi’s birthday, sitting down.')
    await graces.getByRole('button', { name: 'Save my words' }).click()
    await expect(graces.getByRole('heading', { name: /suggests a change/ })).toHaveCount(0)
    await expect(
      readOn(page, 'I want to cook jollof for Chidi’s birthday, sitting down.'),
    ).toBeVisible()
    await page.getByText('1 earlier suggestion').click()
    await expect(readOn(page, /Grace Okafor took part of it/)).toBeVisible()
    const kept = await (await page.request.get('/fhir/Goal/goal-g3')).json()
    expect(kept.expressedBy.reference).toBe(`Patient/${graceId}`)
    await looksRight(page, 'a goal with half of a suggestion')
  })

  await test.step('Afterwards Grace answers the two questions, once', async () => {
    const how = graces.getByRole('region', { name: 'How was our talk?' })
    await how.getByRole('heading', { name: 'How was our talk?' }).click()
    await how
      .getByRole('group', { name: /what matters to you/ })
      .getByLabel('Yes')
      .check()
    await how
      .getByRole('group', { name: /decide together/ })
      .getByLabel('Partly')
      .check()
    await how.getByRole('button', { name: 'Send the answers' }).click()
    await expect(graces.getByText('You told us how our last talk was.')).toBeVisible()
  })
})

test('A promise that did not happen comes back until it is answered, and Grace agrees to a review in part', async ({
  page,
  secondBrowser,
  isMobile,
}) => {
  test.skip(isMobile, 'its pages are looked at on a phone in other journeys')
  const graces = await secondBrowser()
  await bothSignIn(page, graces)
  const today = page.getByRole('listitem').filter({ hasText: 'Fit the second stair rail' })

  await test.step('Grace says that it did not happen, and Today says so', async () => {
    await graces.getByRole('button', { name: 'No: Fit the second stair rail' }).click()
    await graces.getByLabel(/^What happened instead/).fill('Nobody came')
    await graces.getByRole('button', { name: 'Tell my team it did not happen' }).click()
    await expect(graces.getByText('You said: this did not happen')).toBeVisible()
    await goTo(page, '/today')
    await expect(today).toContainText('Did not happen')
    await expect(today).toContainText('Promised by Tom Price')
    await today.getByRole('link', { name: 'Sort it out' }).click()
    await expect(readOn(page, /“Nobody came”/)).toBeVisible()
  })

  await test.step('Amina says what was done: it is gone from Today, and Grace is asked again', async () => {
    await page
      .getByRole('button', { name: /^Say what was done about it/ })
      .first()
      .click()
    await page.getByLabel('What did you do about it?').fill('Tom comes on Friday at ten')
    await page.getByRole('button', { name: 'Say what was done about it', exact: true }).click()
    await expect(readOn(graces, 'Tom comes on Friday at ten')).toBeVisible()
    await expect(
      graces.getByRole('button', { name: 'No: Fit the second stair rail' }),
    ).toBeVisible()
    await goTo(page, '/today')
    await expect(
      page
        .getByText('Ring about the new water tablet')
        .or(page.getByRole('heading', { level: 1 }))
        .first(),
    ).toBeVisible()
    await expect(today).toHaveCount(0)
  })

  await test.step('Amina reviews the plan', async () => {
    await openPage(page, `/people/${graceId}/review`)
    await page
      .getByRole('textbox', { name: 'What was said' })
      .first()
      .fill('Stronger on the stairs.')
    await byPointer.day(page.getByRole('group', { name: 'Next review date' }), dayFromToday(60))
    for (const each of await page.getByRole('radio', { name: 'Goes on' }).all()) await each.check()
    await page.getByRole('button', { name: 'Save the review' }).click()
    await expect(page.getByText('The review is saved.')).toBeVisible()
  })

  await test.step('Grace agrees, but not to all of it: that stays named, until she agrees to it', async () => {
    await graces.getByRole('button', { name: 'Yes, but not this' }).click()
    await graces.getByRole('checkbox', { name: /^Walk to the gate/ }).check()
    await graces
      .getByLabel(/^What should be different about “Walk to the gate/)
      .fill('Not before breakfast')
    await looksRight(graces, 'agreeing in part')
    await graces.getByRole('button', { name: 'Send this to my team' }).click()
    await expect(graces.getByText('You said yes, but not to this:')).toBeVisible()
    await goTo(page, '/today')
    await expect(page.getByText('Agreed, but not to: Walk to the gate')).toBeVisible()
    await goTo(page, plan)
    await expect(page.getByText('Not agreed: Walk to the gate')).toBeVisible()
    await looksRight(page, 'a plan agreed in part')
    await graces.getByRole('button', { name: 'Yes, I agree to all of it now' }).click()
    await expect(page.getByText('Not agreed: Walk to the gate')).toHaveCount(0)
  })
})
