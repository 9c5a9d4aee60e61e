import { expect, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll, looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { turnToPart } from '../support/parts-of-form.ts'
import { openPage, signIn } from '../support/people.ts'

const grace = 'p-3f9c27d1'

const say = async (page: Page, question: string, answer: 'Yes' | 'No') => {
  const group = page.getByRole('group', { name: question })
  await turnToPart(page, group)
  await group.getByText(answer, { exact: true }).click()
}

const finish = async (page: Page) => {
  const button = page.getByRole('button', { name: 'Finish and see the result' })
  await turnToPart(page, button)
  await button.click()
  await expect(page.getByRole('heading', { name: 'Answers', exact: true })).toBeVisible()
}

test('A nurse asks about falls again beside last time, and three suggestions come of it', async ({
  page,
}) => {
  test.slow()
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  const form = `/people/${grace}/assessments/falls-checklist`

  await test.step('Last time: no fall, and not dizzy', async () => {
    await openPage(page, form)
    await say(page, 'Have you fallen in the last year?', 'No')
    await say(page, 'Do you get dizzy when you stand up?', 'No')
    await say(page, 'Can you call for help if you fall?', 'Yes')
    await finish(page)
  })

  await test.step('Today the old answer stands beside each question, and counts only once it is said', async () => {
    await openPage(page, `/people/${grace}/assessments`)
    await openPage(page, form)
    await expect(page.getByText('Not asked yet today').first()).toBeVisible()
    await looksRight(page, 'falls beside last time')
    const same = page.getByRole('button', {
      name: 'Same as last time: Can you call for help if you fall?',
    })
    await turnToPart(page, same)
    await same.click()
    await expect(page.getByText('Still so')).toBeVisible()
    await say(page, 'Have you fallen in the last year?', 'Yes')
    await expect(page.getByText('Changed: worse')).toBeVisible()
    await page.getByLabel('How many times?').fill('2')
    await say(page, 'Do you get up at night to go to the toilet?', 'Yes')
    await turnToPart(page, page.getByLabel('Interpreter (optional)'))
    await page.getByLabel('Interpreter (optional)').fill('Ngozi Eze, Igbo')
    await finish(page)
  })

  await test.step('What changed is said, and the answers suggest three things, each with its reason', async () => {
    await expect(page.getByRole('heading', { name: /^What changed since/ })).toBeVisible()
    await expect(page.getByText('Ngozi Eze, Igbo')).toBeVisible()
    const suggested = page.getByRole('region', { name: 'What the answers suggest' })
    await expect(suggested.getByRole('listitem')).toHaveCount(3)
    await expect(suggested.getByText('2 falls in the last year')).toBeVisible()
    await looksRight(page, 'what the answers suggest')
    await suggested
      .getByRole('button', { name: 'Add the need: Safe to the toilet at night' })
      .click()
    await expect(suggested.getByText('Accepted: it is a need now')).toBeVisible()
    await suggested.getByRole('button', { name: 'Plan to ask it: Home safety checklist' }).click()
    await expect(suggested.getByText('Accepted: it is among the tasks')).toBeVisible()
    await suggested
      .getByRole('button', { name: 'Dismiss, with a reason: Falling again and again' })
      .click()
    await suggested.getByText('Already done').click()
    await looksRight(page, 'a suggestion being dismissed')
    await suggested.getByRole('button', { name: 'Dismiss it: Falling again and again' }).click()
    await expect(suggested.getByText('Dismissed: Already done')).toBeVisible()
  })

  await test.step('The task stands among the tasks of the person', async () => {
    await openPage(page, `/people/${grace}/tasks`)
    await expect(page.getByText('Ask: Home safety checklist').first()).toBeVisible()
  })
})

test('An administrator looks at the questionnaires, and is told what is wrong with one', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Sam Field')
  await openPage(page, '/questionnaires')
  await page
    .getByLabel('Or paste the questionnaire')
    .fill('{ "resourceType": "Questionnaire", "status": "active", "title": "Getting about" }')
  await page.getByRole('button', { name: 'Check it' }).click()
  await expect(page.getByText('It cannot be published yet')).toBeVisible()
  await expectAccessible(page, 'questionnaires')
  await expectNoSidewaysScroll(page, 'questionnaires')
})
