import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { demoIdentities } from '#demo-data/identities.ts'
import { staticFiles } from '#server/hosts/node/http/static-files.ts'

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

export type Site = Readonly<{ url: string; close: () => void }>

/** The app with its database, as `npm start` serves it. */
export async function serveApp(built: string): Promise<Site> {
  return await listening(await staticFiles(resolve(built, 'dist')))
}

/**
 * The same first page without any database: the team build, with what it asks the server first answered at once: that
 * nobody is signed in, the ways to sign in, and the list of names.
 */
export async function servePageWithoutData(built: string): Promise<Site> {
  const files = await staticFiles(resolve(built, 'dist-team'))
  const said: Readonly<Record<string, readonly [number, object]>> = {
    '/auth/session': [401, {}],
    '/auth/ways': [200, { demo: true }],
    '/auth/demo': [200, { identities: demoIdentities }],
  }
  return await listening(async (request, response) => {
    const answer = said[request.url ?? '']
    if (!answer) return await files(request, response)
    const [status, body] = answer
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
  })
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function listening(answer: Answer): Promise<Site> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  return new Promise((done) => {
    server.listen(0, 'localhost', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      const close = () => {
        server.closeAllConnections()
        server.close()
      }
      done({ url: `http://localhost:${port}`, close })
    })
  })
}

/** A profile on disk, like that of a user's browser: its storage survives the browser. */
export async function inProfile<T>(
  work: (open: () => Promise<BrowserContext>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gable-bench-profile-'))
  const executablePath = process.env['GABLE_CHROMIUM']
  try {
    return await work(() =>
      chromium.launchPersistentContext(folder, {
        args: flags,
        viewport: { width: 1280, height: 900 },
        ...(executablePath ? { executablePath } : {}),
      }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Notes when names to sign in as are shown, and when people whose records can be opened are. */
function watchForNames(): void {
  const isShown = {
    'gable-names': () =>
      [...document.querySelectorAll('button')].some((each) => each.textContent.includes('Amina')),
    'gable-people': () => document.querySelector('main a[href^="/people/"]') !== null,
  }
  const watch = new MutationObserver(() => {
    for (const [mark, sees] of Object.entries(isShown))
      if (performance.getEntriesByName(mark).length === 0 && sees()) performance.mark(mark)
  })
  watch.observe(document, { childList: true, subtree: true })
}

const timeOf = (page: Page, mark: string) =>
  page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN, mark)

/** Opens the first page; returns the milliseconds from its address to the list of identities. */
export async function openFirstPage(
  browser: BrowserContext,
  site: Site,
): Promise<{ page: Page; ms: number }> {
  const page = await browser.newPage()
  await page.addInitScript(watchForNames)
  await page.goto(site.url)
  await page.getByRole('button', { name: /Amina/ }).waitFor({ timeout: 120_000 })
  return { page, ms: await timeOf(page, 'gable-names') }
}

/** Waits for the people on Today; returns the milliseconds from the page’s address to them. */
export async function timeToPeople(page: Page): Promise<number> {
  await page.locator('main a[href^="/people/"]').first().waitFor({ timeout: 120_000 })
  return await timeOf(page, 'gable-people')
}

/** Signs in as Amina. */
export async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Amina/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: 60_000 })
}
