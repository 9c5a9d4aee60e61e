import { expect } from '@playwright/test'
import pg from 'pg'
import { graceId } from '#demo-data/identities.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { looksRight } from '../support/accessibility.ts'
import { watchCalls } from '../support/calls.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

const words = 'Grace told me that her sister comes on Sundays'

/** Simulates minutes without use: the database stores the last use of a session. A running call would update it. */
async function letPass(database: string, minutes: number): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  await client.query(`UPDATE session SET seen = seen - make_interval(secs => $1)`, [minutes * 60])
  await client.end()
}

test('Amina’s session times out while she writes, and signing in again restores the page and her text', async ({
  page,
  team,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, `/people/${graceId}/plan/me`)
  await page.getByRole('button', { name: /^Change.*What is most important to me/ }).click()
  const field = page.getByRole('textbox').first()
  await field.fill(words)

  // the page’s automatic calls must not find out that the session has ended before the user’s save does
  await page.route(/\/fhir\/$/, async (route) => {
    await letPass(team.database, 31)
    await route.continue()
  })
  await page.getByRole('button', { name: /Save/ }).first().click()
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(page.getByText('What you typed is kept.')).toBeVisible()
  await looksRight(page, 'the sign-in page after a timeout')

  await page.unrouteAll()
  await page.getByRole('button', { name: 'Amina Yusuf' }).click()
  await expect(page).toHaveURL(new RegExp(`/people/${graceId}/plan/me`))
  await expect(
    page
      .getByText(words)
      .or(page.locator(`textarea`, { hasText: words }))
      .first(),
  ).toBeVisible()
})

test('Karen signs in after Amina’s timeout, and sees neither Amina’s page nor her text', async ({
  page,
  team,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  await goTo(page, `/people/${graceId}/plan/me`)
  await page.getByRole('button', { name: /^Change.*What is most important to me/ }).click()
  await page.getByRole('textbox').first().fill(words)
  await letPass(team.database, 31)
  await goTo(page, '/caseload')
  await page.getByRole('button', { name: 'Karen Lee' }).click()
  await expect(page).toHaveURL(/\/today/)
  await goTo(page, `/people/${graceId}/plan/me`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(words)).toHaveCount(0)
})

test('Amina is warned two minutes before the timeout, and stays signed in with one key press', async ({
  page,
  team,
}) => {
  await page.clock.install()
  const calls = watchCalls(page)
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  // the page’s automatic calls would count as use
  await page.clock.pauseAt(minutesFromNow(0.05))
  await calls.answered()
  await letPass(team.database, 28.5)
  await page.clock.fastForward('28:30')
  await page.clock.resume()
  const question = page.getByRole('alertdialog', { name: 'Are you still there?' })
  await expect(question).toBeVisible()
  await expect(question.getByText(/Time left: 1:/)).toBeVisible()
  await looksRight(page, 'the warning before the session ends')
  await expect(question.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await letPass(team.database, 20)
  await goTo(page, '/caseload')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('Signing out everywhere ends Amina’s session on another device at once', async ({
  page,
  secondBrowser,
  team,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  const second = await secondBrowser(await team.another())
  await second.goto('/')
  await signIn(second, 'Amina Yusuf')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('button', { name: 'Sign out on every device' }).click()
  await expect(page.getByRole('heading', { name: 'Who would you like to be?' })).toBeVisible()
  await expect(second.getByText('You have been signed out').first()).toBeVisible()
})
