import { expect, type Page } from '@playwright/test'

/** Longest wait for a first start: the demonstration people are fetched and opened, on a busy machine. */
const firstStart = 90_000

/** Signs in by choosing a name on the sign-in page, whoever was signed in before. */
export async function signIn(page: Page, name: string): Promise<void> {
  const out = page.getByRole('button', { name: 'Sign out', exact: true })
  const choice = page.getByRole('button', { name })
  await expect(out.or(choice).first()).toBeVisible({ timeout: firstStart })
  if (await out.isVisible()) await out.click()
  await choice.click({ timeout: firstStart })
  await expect(out).toBeVisible({ timeout: firstStart })
}

/** Opens a page of the app by its address without a reload, as a link would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState({}, '', address)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}
