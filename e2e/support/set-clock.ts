import type { BrowserContext, Page } from '@playwright/test'
import { machineNow } from '#test-support/clock.ts'

/**
 * Sets the clock of the device before the app is opened: for its pages, and for the worker in which the embedded service and
 * the demonstration run. It goes on from there. Do not load a page again: the service worker starts the worker of its own copy,
 * which has the machine’s clock.
 */
export async function setClock(context: BrowserContext, moment: string): Promise<void> {
  const ahead = Date.parse(moment) - Number(machineNow())
  const words = `{
    const Machine = Date
    globalThis.clockAhead = ${ahead}
    const at = () => Machine.now() + globalThis.clockAhead
    globalThis.Date = new Proxy(Machine, {
      construct: (date, given, self) =>
        Reflect.construct(date, given.length > 0 ? given : [at()], self),
      apply: () => new Machine(at()).toString(),
      get: (date, name) => (name === 'now' ? at : Reflect.get(date, name)),
    })
  };\n`
  await context.addInitScript(words)
  await context.route(/\/assets\/pglite-worker-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: words + (await answer.text()) })
  })
}

/** The clock that was set goes on to a later moment, in the page and in the service. Who is signed in may have been away for long. */
export async function moveClock(page: Page, moment: string): Promise<void> {
  const move = `void (globalThis.clockAhead += Date.parse('${moment}') - Date.now())`
  await page.evaluate(move)
  for (const worker of page.workers()) await worker.evaluate(move)
}
