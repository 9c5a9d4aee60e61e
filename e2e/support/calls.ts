import { expect, type Page, type Request } from '@playwright/test'

/** Holds calls to an address until they are released; from then on nothing is held. */
export async function holdCalls(page: Page, address: RegExp): Promise<{ letGo: () => void }> {
  const gone = new AbortController()
  await page.route(address, async (route) => {
    if (!gone.signal.aborted)
      await new Promise((resolve) => gone.signal.addEventListener('abort', resolve))
    await route.continue()
  })
  return { letGo: () => gone.abort() }
}

/** Watches a page's calls to the server from now on; `answered` waits until it has sent none for a second. */
export function watchCalls(page: Page): { answered: () => Promise<void> } {
  const under = new Set<Request>()
  let last = performance.now()
  const end = (request: Request) => {
    if (under.delete(request)) last = performance.now()
  }
  page.on('request', (request) => {
    if (/^\/(fhir|events|auth)/.test(new URL(request.url()).pathname)) under.add(request)
  })
  // an event stream does not end
  page.on('response', (response) => end(response.request()))
  page.on('requestfailed', end)
  return {
    answered: () =>
      expect
        .poll(() => under.size === 0 && performance.now() - last > 1_000, { intervals: [50] })
        .toBe(true),
  }
}
