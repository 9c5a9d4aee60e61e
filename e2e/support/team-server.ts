import { join } from 'node:path'
import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { type SpawnedServer, spawnServer } from '#test-support/servers/spawn-server.ts'
import { inLondon } from './chromium.ts'
import { type Cluster, openCluster } from './team-database.ts'

/** The service of one test: its own database with the demonstration's people, and servers on it. */
export type Team = Readonly<{
  /** address of the database */
  database: string
  /** the server that `page` and `request` use */
  server: SpawnedServer
  /** one more server on the same database; `env` adds to or replaces its settings */
  another: (env?: Readonly<Record<string, string>>) => Promise<SpawnedServer>
}>

type Fixtures = {
  team: Team
  /** settings of the servers of a file: `test.use({ teamEnv: { … } })` */
  teamEnv: Readonly<Record<string, string>>
  /** a page in one more browser of the same size, with its own cookies, on this server or another; closed automatically */
  secondBrowser: (server?: SpawnedServer) => Promise<Page>
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
    const servers: SpawnedServer[] = []
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
        ...{ ...inLondon, baseURL: server.url, isMobile, viewport, hasTouch: isMobile },
      })
      contexts.push(context)
      return await context.newPage()
    })
    for (const each of contexts) await each.close()
  },
})

const startServer = (database: string, env: Readonly<Record<string, string>> = {}) =>
  spawnServer(root, { ...demo, ...env, DATABASE_URL: database })
