import { expect } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessibility.ts'
import { test } from '../support/device.ts'

const firstStart = 90_000

for (const viewport of [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
])
  test.describe(`${viewport.width} wide`, () => {
    test.use({ viewport })

    test('The sign-in page is there before the records are, and signs in as soon as they open', async ({
      page,
      context,
    }) => {
      const held = Promise.withResolvers<void>()
      await context.route(/\/demo\//, async (route) => {
        await held.promise
        await route.continue()
      })
      await page.goto('/')
      const amina = page.getByRole('button', { name: /Amina Yusuf/ })
      await expect(amina).toBeVisible()
      await expect(page.getByText('Opening the records on this device')).toBeInViewport()
      await expectAccessible(page, 'signing in')
      await expectNoSidewaysScroll(page, 'signing in')

      await amina.click()
      await expect(
        page.getByText('You are signed in as soon as the records are open'),
      ).toBeVisible()
      held.resolve()
      const out = page.getByRole('button', { name: 'Sign out', exact: true })
      await expect(out).toBeVisible({ timeout: firstStart })

      // opened again, it needs no more than the first screen
      await page.reload()
      await expect(page.getByRole('heading', { name: /Amina/ })).toBeVisible({
        timeout: firstStart,
      })
    })
  })

test('A page that opens quickly never says that it is loading', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /Amina Yusuf/ }).click()
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible({
    timeout: firstStart,
  })
  await page.getByRole('link', { name: 'Caseload' }).click()
  const grace = page.getByRole('link', { name: /OKAFOR/ }).first()
  await expect(grace).toBeVisible()
  // the page's code is on its way from here on
  await grace.hover()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      if (document.querySelector('main [class*="skeleton"]')) seen.push(location.pathname)
    }).observe(document.body, { childList: true, subtree: true })
  })
  await grace.click()
  await expect(page.getByRole('heading', { level: 1, name: /Grace/ })).toBeVisible()
  expect(await page.evaluate(() => Reflect.get(globalThis, 'seen'))).toEqual([])
})
