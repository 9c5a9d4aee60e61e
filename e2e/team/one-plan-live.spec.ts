import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { looksRight } from '../support/accessibility.ts'
import { goTo, openPage, readOn, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const goalPage = `/people/${graceId}/plan/goals/goal-g1`
const before = 'I want to walk to St Anne’s on a Sunday, with someone beside me.'
/** The aim is one second; a busy test machine runs two browsers and two servers at once. */
const generous = 5_000

/** Measures how long a page takes to show a text, and prints it in the report. */
async function soon(page: Page, words: string | RegExp, what: string): Promise<void> {
  const started = performance.now()
  await expect(readOn(page, words)).toBeVisible({ timeout: generous })
  const ms = Math.round(performance.now() - started)
  test.info().annotations.push({ type: 'live', description: `${what}: ${ms} ms` })
  process.stdout.write(`      ${what}: ${ms} ms\n`)
}

test('Amina and Grace write one plan live, on two servers over one database', async ({
  page,
  secondBrowser,
  team,
}) => {
  const graces = await secondBrowser(await team.another())
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await graces.goto('/')
  await signIn(graces, 'Grace Okafor')
  const presence = (at: Page) => at.locator('.gable-presence')

  await test.step('Each sees where in the plan the other is', async () => {
    await expect(graces.getByRole('heading', { name: 'Hello Grace' })).toBeVisible()
    await goTo(page, `/people/${graceId}/plan/team`)
    await soon(graces, 'is in My team', 'Amina’s coming is seen by Grace')
    await expect(presence(graces)).toContainText('Amina Yusuf, nurse case manager, is in My team')
    await looksRight(graces, 'Grace’s house with Amina in it')
    await goTo(graces, '/my/me')
    await soon(page, 'is in Me', 'Grace’s going to another room is seen by Amina')
    await expect(presence(page)).toContainText('Grace Okafor is in Me')
  })

  await test.step('Amina sees that Grace is writing, and the text once it is saved', async () => {
    await goTo(page, `/people/${graceId}/plan/me`)
    await expect(presence(page)).toContainText('Grace Okafor is also here')
    const section = graces.getByRole('region', { name: 'A good day and a bad day' })
    await section.getByRole('button').first().click()
    await section.getByRole('textbox').fill('A good day has a visitor in it.')
    await soon(page, 'is writing here', 'Grace’s writing is seen by Amina')
    await looksRight(page, 'a room with Grace writing in it')
    await section.getByRole('button', { name: /^Save/ }).click()
    await expect(readOn(graces, 'A good day has a visitor in it.')).toBeVisible()
    await soon(page, 'A good day has a visitor in it.', 'Grace’s words are read by Amina')
  })

  await test.step('Changes to different fields of one goal at once are both kept', async () => {
    await goTo(page, goalPage)
    await page.getByRole('button', { name: 'Change the goal' }).click()
    await page.getByRole('textbox', { name: 'Why it matters' }).fill('It is where she sings.')
    await goTo(graces, '/my/conversation')
    await graces.getByRole('button', { name: `Change my words : ${before}` }).click()
    await graces.getByRole('textbox', { name: 'What I want to do' }).fill('To walk to St Anne’s.')
    await graces.getByRole('button', { name: 'Save my words' }).click()
    await expect(readOn(graces, 'To walk to St Anne’s.')).toBeVisible()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(readOn(page, 'It is where she sings.')).toBeVisible()
    await soon(page, 'To walk to St Anne’s.', 'The merged goal stands at Amina’s')
  })

  await test.step('Changes to the same text at once become a conflict', async () => {
    await page.getByRole('button', { name: 'Change the goal' }).click()
    const words = page.getByRole('textbox', { name: /The goal, in the person’s own words/ })
    await words.fill('To walk to St Anne’s with Tom first.')
    await graces.getByRole('button', { name: /Change my words : To walk/ }).click()
    const mine = graces.getByRole('textbox', { name: 'What I want to do' })
    await mine.fill('To walk to St Anne’s on my own two feet.')
    await graces.getByRole('button', { name: 'Save my words' }).click()
    await expect(readOn(graces, 'on my own two feet')).toBeVisible()
    await expect(words).toHaveValue(/with Tom first/)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const choice = page.getByRole('alert')
    await expect(choice).toContainText('Two people changed the same sentence')
    await expect(choice).toContainText('on my own two feet')
    await expect(choice).toContainText('with Tom first')
    await page.getByRole('button', { name: 'Combine both' }).click()
    await words.fill('To walk to St Anne’s on my own two feet, with Tom first.')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await soon(graces, 'on my own two feet, with Tom first', 'Amina’s choice is read by Grace')
  })
})

test('Changes made while Grace’s server was down are on her page when it is back', async ({
  page,
  secondBrowser,
  team,
}) => {
  const other = await team.another()
  const graces = await secondBrowser(other)
  const resumed: string[] = []
  graces.on('request', async (request) => {
    const id = new URL(request.url()).pathname === '/events' && request.headers()['last-event-id']
    if (id) resumed.push(id)
  })
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await openPage(page, goalPage)
  await graces.goto('/')
  await signIn(graces, 'Grace Okafor')
  // her first page has these words too
  await openPage(graces, '/my/conversation')
  await expect(graces.getByText(before).first()).toBeVisible()

  await other.kill()
  await page.getByRole('button', { name: 'Change the goal' }).click()
  const words = page.getByRole('textbox', { name: /The goal, in the person’s own words/ })
  await words.fill('To walk to St Anne’s at Easter.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(readOn(page, 'at Easter')).toBeVisible()
  await expect(graces.getByText(before).first()).toBeVisible()

  await team.another({ PORT: new URL(other.url).port })
  await expect(graces.getByText('at Easter').first()).toBeVisible({ timeout: 30_000 })
  expect(resumed).not.toEqual([])
})
