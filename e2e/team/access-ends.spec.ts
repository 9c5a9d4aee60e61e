import { expect, type Page } from '@playwright/test'
import { looksRight } from '../support/accessibility.ts'
import { goTo, signIn } from '../support/people.ts'
import { test } from '../support/team-server.ts'

/** An ended share must disappear within a second; a busy machine gets longer, and the time is printed. */
const mostMs = 8_000

const graceTexts = /Okafor|garden|church|Furosemide/i

test('Grace stops sharing with Chidi while he is reading, and nothing of it stays on his page', async ({
  page,
  secondBrowser,
}) => {
  const chidi = await secondBrowser()

  await test.step('Chidi reads his mother’s plan', async () => {
    await chidi.goto('/')
    await signIn(chidi, 'Chidi')
    await expect(chidi.getByRole('heading', { level: 1, name: 'Grace’s plan' })).toBeVisible()
    await goTo(chidi, '/my/conversation')
    await expect(chidi.getByRole('heading', { level: 1 })).toBeVisible()
  })

  await page.goto('/')
  await signIn(page, 'Grace')

  await test.step('Grace stops sharing', async () => {
    await endShare(page)
  })
  const ended = performance.now()

  await test.step('Chidi’s page shows this without a reload, and nothing of Grace’s record', async () => {
    await expect(
      chidi.getByRole('heading', { name: 'This is not shared with you now' }),
    ).toBeVisible({ timeout: mostMs })
    test.info().annotations.push({
      type: 'measured',
      description: `${Math.round(performance.now() - ended)} ms`,
    })
    await expect(chidi.getByRole('main')).not.toContainText(graceTexts)
    await looksRight(chidi, 'not shared now')
  })

  await test.step('Another page and a reload show nothing either', async () => {
    await goTo(chidi, '/my')
    await expect(chidi.getByText('This is not shared with you now')).toBeVisible()
    await chidi.reload()
    await expect(chidi.getByText('This is not shared with you now')).toBeVisible()
    await expect(chidi.getByRole('main')).not.toContainText(graceTexts)
  })
})

async function endShare(page: Page): Promise<void> {
  await goTo(page, '/my/who-looked')
  await page.getByRole('button', { name: /^Change what Chidi/ }).click()
  await looksRight(page, 'what Chidi may see')
  await page.getByRole('button', { name: 'Stop sharing everything' }).click()
  await page.getByRole('button', { name: 'Yes, stop now' }).click()
  await expect(page.getByText('cannot see anything any more')).toBeVisible()
}
