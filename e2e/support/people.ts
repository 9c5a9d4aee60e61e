import { expect, type Locator, type Page } from '@playwright/test'

/** Longest wait for a first start: on a busy machine the demonstration people are downloaded and opened. */
const firstStart = 90_000

/** Signs in by choosing a name on the sign-in page, no matter who was signed in before. */
export async function signIn(page: Page, name: string): Promise<void> {
  const out = page.getByRole('button', { name: 'Sign out', exact: true })
  const choice = page.getByRole('button', { name })
  await expect(out.or(choice).first()).toBeVisible({ timeout: firstStart })
  if (await out.isVisible()) await out.click()
  await choice.click({ timeout: firstStart })
  await expect(out).toBeVisible({ timeout: firstStart })
}

/** Signs out, and waits for the page on which names stand. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Amina Yusuf' })).toBeVisible({
    timeout: firstStart,
  })
}

/** Opens a page of the app by its address without a reload, like a link. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState({}, '', address)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

/** The same, and waits until the page is complete: consecutive pages must have different titles. */
export async function openPage(page: Page, path: string): Promise<void> {
  const before = await page.title()
  const { pathname, search } = new URL(page.url())
  await goTo(page, path)
  if (pathname + search !== path) await expect.poll(() => page.title()).not.toBe(before)
  await expect(page.locator('main h1')).toBeVisible()
  await expect(page.locator('main [class*="skeleton"]')).toHaveCount(0)
}

/** Finds text on a page or in a part of it. Text in a text box is not saved yet, but `getByText` would find it too. */
export function readOn(place: Page | Locator, words: string | RegExp): Locator {
  return place.locator(':not(textarea)').and(place.getByText(words)).first()
}
