import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { test } from '../support/device.ts'
import { turnToPart } from '../support/parts-of-form.ts'
import { goTo, openPage, signIn } from '../support/people.ts'

const form = `/people/${graceId}/assessments/falls-checklist`
const afraid = 'Are you afraid of falling?'

const say = async (page: Page, question: string, answer: 'Yes' | 'No') => {
  const group = page.getByRole('group', { name: question })
  await turnToPart(page, group)
  await group.getByText(answer, { exact: true }).click()
}
const keep = async (page: Page) =>
  await page.getByRole('button', { name: 'Save and finish later' }).click()

test('Two people answer one assessment at once: both answers are shown, and nothing is lost', async ({
  page,
  context,
}) => {
  test.slow()
  const karens = await context.newPage()
  await Promise.all([page.goto('/'), karens.goto('/')])
  await expect(karens.getByRole('button', { name: 'Karen Lee' })).toBeVisible({ timeout: 90_000 })
  await signIn(page, 'Amina Yusuf')
  await goTo(page, form)
  await say(page, 'Have you fallen in the last year?', 'No')
  await keep(page)
  await expect(page.getByRole('heading', { name: 'Understand' })).toBeVisible()

  await signIn(karens, 'Karen Lee')
  await goTo(karens, form)
  await expect(karens.getByText('answers that Amina Yusuf saved earlier')).toBeVisible()
  await say(karens, afraid, 'Yes')

  await goTo(page, form)
  await say(page, afraid, 'No')
  await keep(page)
  await expect(page.getByRole('heading', { name: 'Understand' })).toBeVisible()

  await keep(karens)
  await expect(
    karens.getByText('Amina Yusuf answered the same questions differently'),
  ).toBeVisible()
  await looksRight(karens, 'two answered one question')
  await karens.getByRole('button', { name: 'Keep mine' }).click()
  await keep(karens)
  await expect(karens.getByRole('heading', { name: 'Understand' })).toBeVisible()

  await goTo(page, form)
  await turnToPart(page, page.getByRole('group', { name: afraid }))
  await expect(page.getByText('Answered by Karen Lee')).toBeVisible()
  await looksRight(page, 'who answered each question')
})

test('A manager looks at what became of suggestions, and tries another version of a rule', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Ruth Adler')
  await openPage(page, '/insight/work')
  await page.getByText('All rules on answers, and who changed them').click()
  await page.getByText('Try another version: Falling again and again').click()
  const rule = page
    .getByRole('listitem')
    .filter({ hasText: 'Try another version: Falling again and again' })
  await rule.getByLabel('What the answers must be').fill('fallen is yes\nhow-many from 300')
  await rule.getByRole('button', { name: 'Try it on past answers' }).click()
  await expect(rule.getByRole('alert')).toContainText('numbers go from 1 to 100 here')
  await rule.getByLabel('What the answers must be').fill('fallen is yes\nhow-many from 3')
  await rule.getByRole('button', { name: 'Try it on past answers' }).click()
  await expect(rule.getByRole('button', { name: 'Use this version' })).toBeVisible()
  await looksRight(page, 'a rule tried on past answers')
})

test('A nurse sees which pathways the record points to, and takes a step', async ({ page }) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, `/people/${graceId}/plan`)
  await page.getByRole('link', { name: 'Heart failure', exact: true }).click()
  const card = page.locator('#card-heart-failure')
  await expect(card.getByText(/Missing\. Kidney function/)).toBeVisible()
  await looksRight(page, 'a pathway card')
  await card.getByRole('button', { name: /^Add the task: Agree what to do/ }).click()
  await expect(card.getByText('Accepted: it is a task of yours now')).toBeVisible()
})

test('An administrator deletes the draft of a questionnaire, after a question', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Sam Field')
  await openPage(page, '/import')
  const draft = {
    ...{ resourceType: 'Questionnaire', id: 'half-done', status: 'draft', title: 'Half done' },
    ...{ url: 'https://forms.example/half-done', version: '1' },
    item: [{ linkId: 'a', type: 'boolean', text: 'Stairs?' }],
  }
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'draft.ndjson', mimeType: 'application/fhir+ndjson' },
    buffer: Buffer.from(`${JSON.stringify(draft)}\n`),
  })
  const remove = page.getByRole('button', { name: 'Delete the draft: Half done, version 1' })
  await expect(async () => {
    await openPage(page, '/import')
    await openPage(page, '/questionnaires')
    await expect(remove).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
  await remove.click()
  await looksRight(page, 'a draft to be deleted')
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(remove).toHaveCount(0)
})
