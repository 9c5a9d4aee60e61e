import type { Page } from '@playwright/test'

/** Calls to an address stay on their way until they are let go; from then on nothing is held. */
export async function holdCalls(page: Page, address: RegExp): Promise<{ letGo: () => void }> {
  const gone = new AbortController()
  await page.route(address, async (route) => {
    if (!gone.signal.aborted)
      await new Promise((resolve) => gone.signal.addEventListener('abort', resolve))
    await route.continue()
  })
  return { letGo: () => gone.abort() }
}
