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
 * The same first page without any database: the team build, where the sign-in methods and the list of names are answered at
 * once.
 */
export async function servePageWithoutData(built: string): Promise<Site> {
  const files = await staticFiles(resolve(built, 'dist-team'))
  const said: Readonly<Record<string, string>> = {
    '/auth/ways': JSON.stringify({ demo: true }),
    '/auth/demo': JSON.stringify({ identities: demoIdentities }),
  }
  return await listening(async (request, response) => {
    const answer = said[request.url ?? '']
    if (!answer) return await files(request, response)
    response.setHeader('Content-Type', 'application/json')
    response.end(answer)
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

/** Opens the first page; returns the milliseconds from its address to the list of identities. */
export async function openFirstPage(
  browser: BrowserContext,
  site: Site,
): Promise<{ page: Page; ms: number }> {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      const buttons = [...document.querySelectorAll('button')]
      if (!buttons.some((each) => each.textContent.includes('Amina'))) return
      performance.mark('gable-names')
      watch.disconnect()
    })
    watch.observe(document, { childList: true, subtree: true })
  })
  await page.goto(site.url)
  await page.getByRole('button', { name: /Amina/ }).waitFor({ timeout: 120_000 })
  const ms = await page.evaluate(
    () => performance.getEntriesByName('gable-names')[0]?.startTime ?? NaN,
  )
  return { page, ms }
}

/** Signs in as Amina. */
export async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Amina/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: 60_000 })
}
