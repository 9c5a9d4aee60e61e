import { expect, type Page } from '@playwright/test'
import { graceId } from '#demo-data/identities.ts'
import { expectNoSidewaysScroll } from '../support/accessibility.ts'
import { expectNoTrap, expectOperable } from '../support/by-keyboard.ts'
import { test } from '../support/device.ts'
import { openPage, signIn } from '../support/people.ts'

const root = `/people/${graceId}`
const walks = [
  [
    'Amina Yusuf',
    ...['prepare', 'review', 'summary', 'emergency'].map((page) => `${root}/${page}`),
    ...['compare', 'before', 'capacity', 'record-answer', 'to-sign', 'turned'].map(
      (page) => `${root}/plan/${page}`,
    ),
    ...['goals/goal-g1', 'promises', 'easy-read', 'conversation', 'roof'].map(
      (page) => `${root}/plan/${page}`,
    ),
  ],
  [
    'Grace Okafor',
    ...['prepare', 'record', 'promises', 'goals/goal-g1', 'roof'].map((page) => `/my/${page}`),
    ...['compare', 'before', 'easy-read', 'paper'].map((page) => `/my/plan/${page}`),
    '/card',
  ],
] as const

/** Pages with forms: the key goes through all of it. */
const throughout = ['prepare', 'record-answer', 'compare', 'capacity']

test('At 200 % and in forced colours every page fits, and works by keyboard', async ({ page }) => {
  // a window of 1280 by 1024 at 200 %
  await page.setViewportSize({ width: 640, height: 512 })
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/')
  for (const [name, ...pages] of walks)
    await test.step(name, async () => {
      await signIn(page, name)
      for (const path of pages) {
        await openPage(page, path)
        await expectNoSidewaysScroll(page, path)
        await expectOperable(page, path)
        if (throughout.some((each) => path.endsWith(each))) await expectNoTrap(page, path)
      }
    })
})

/** A4 sheets that the page takes. */
async function sheetsOf(page: Page): Promise<number> {
  const paper = await page.pdf({ preferCSSPageSize: true, tagged: true })
  return paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

test('What is taken along on paper fits its sheets, and each says whose it is', async ({
  page,
}) => {
  await page.goto('/')
  await signIn(page, 'Amina Yusuf')
  for (const [path, most] of [
    [`${root}/summary`, 1],
    // with the place where the person lives it takes a second one
    [`${root}/contacts`, 2],
    ['/caseload', 2],
  ] as const) {
    await openPage(page, path)
    expect.soft(await sheetsOf(page), path).toBeLessThanOrEqual(most)
  }
  await openPage(page, `${root}/emergency`)
  await page.getByLabel(/said yes to the card/).fill('She said yes')
  await page.getByRole('button', { name: 'Make the card' }).click()
  await expect(page.getByRole('img', { name: 'The same as a QR code' })).toBeVisible()
  expect(await sheetsOf(page), 'the emergency card').toBe(1)
  const foot = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.documentElement)
      return ['--gable-print-whose', '--gable-print-by'].map((name) => style.getPropertyValue(name))
    })
  expect((await foot())[0]).toMatch(/^"Grace Okafor · printed on \d+ \w+ \d{4}"$/)
  await openPage(page, '/caseload')
  expect(await foot()).toEqual(['', expect.stringMatching(/^"Printed by Amina Yusuf on /)])
})
