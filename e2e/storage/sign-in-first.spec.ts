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

    test('The sign-in page is shown before the records are open, and signs in as soon as they are', async ({
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

      // after a reload it loads no more than the first screen
      await page.reload()
      await expect(page.getByRole('heading', { name: /Amina/ })).toBeVisible({
        timeout: firstStart,
      })
    })
  })
