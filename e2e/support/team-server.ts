import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { type Cluster, openCluster } from './team-database.ts'

/** One process of `npm run serve`, on a port of its own. */
export type TeamServer = Readonly<{
  /** `http://localhost:…` */
  url: string
  /** its log so far, a parsed line each */
  log: readonly Readonly<Record<string, unknown>>[]
  /** ends it as a power cut would */
  kill: () => Promise<void>
  /** asks it to stop and waits until it has */
  stop: () => Promise<void>
}>

/** The service of one test: its own database with the demonstration's people, and servers over it. */
export type Team = Readonly<{
  /** address of the database */
  database: string
  /** the server that `page` and `request` speak to */
  server: TeamServer
  /** one more server over the same database; `env` adds to or replaces its settings */
  another: (env?: Readonly<Record<string, string>>) => Promise<TeamServer>
}>

type Fixtures = {
  team: Team
  /** settings of the servers of a file: `test.use({ teamEnv: { … } })` */
  teamEnv: Readonly<Record<string, string>>
  /** a page in one more browser of the same size, with cookies of its own, on this server or another; closes itself */
  secondBrowser: (server?: TeamServer) => Promise<Page>
}
type WorkerFixtures = { seeded: { cluster: Cluster; url: string } }

const root = join(import.meta.dirname, '..', '..')
const demo = { GABLE_DEMO: '1', GABLE_PEOPLE: '60' }

/**
 * Playwright's `test` for journeys against the real team server (`e2e/team/`): `page.goto('/')` opens the built team
 * app of `team.server`; a second browser on a second server is `secondBrowser(await team.another())`. Each test has a
 * fresh database with the demonstration's people; servers and database are gone after it. Needs `dist-team`.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  seeded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const cluster = await openCluster()
      const url = await cluster.create()
      await (await startServer(url)).stop()
      await use({ cluster, url })
      await cluster.drop(url)
      await cluster.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  teamEnv: [{}, { option: true }],
  team: async ({ seeded, teamEnv }, use) => {
    const database = await seeded.cluster.create(seeded.url)
    const servers: TeamServer[] = []
    const another = async (env: Readonly<Record<string, string>> = {}) => {
      const server = await startServer(database, { ...teamEnv, ...env })
      servers.push(server)
      return server
    }
    await use({ database, server: await another(), another })
    await Promise.all(servers.map((server) => server.kill()))
    await seeded.cluster.drop(database)
  },
  baseURL: async ({ team }, use) => await use(team.server.url),
  secondBrowser: async ({ browser, team, isMobile, viewport }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (server = team.server) => {
      const context = await browser.newContext({
        ...{ baseURL: server.url, isMobile, viewport, hasTouch: isMobile },
        ...{ locale: 'en-GB', timezoneId: 'Europe/London' },
      })
      contexts.push(context)
      return await context.newPage()
    })
    for (const each of contexts) await each.close()
  },
})

async function startServer(
  database: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TeamServer> {
  const child = spawn(process.execPath, ['src/api/node/server.ts'], {
    cwd: root,
    env: { ...process.env, ...demo, PORT: '0', ...env, DATABASE_URL: database },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: Record<string, unknown>[] = []
  const url = await listening(child, log)
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return { url, log, kill: end('SIGKILL'), stop: end('SIGTERM') }
}

/** Reads the server's log for as long as it runs; settles when it says on which port it listens. */
function listening(child: ChildProcess, log: Record<string, unknown>[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaints = ''
    child.stderr?.on('data', (text) => {
      complaints += text
    })
    child.once('exit', () => reject(new Error(`The team server ended:\n${complaints}`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      log.push(entry)
      if (entry['event'] === 'listening') resolve(`http://localhost:${entry['port']}`)
    })
  })
}
