import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller } from './handler.ts'
import { spawnServer } from './spawn-server.ts'

/** One process of `npm run serve` on its own port, with the demonstration's identities. */
export type ServerProcess = Readonly<{
  url: string
  /** calls signed in as a demonstration identity; the call rejects when the process dies before it has answered */
  as: (identity: string) => Promise<Caller>
  /** ends it like a power cut */
  kill: () => Promise<void>
}>

/** Starts servers on one database; `close` ends them all. They serve only the API, so that no app has to be built. */
export async function openServers(
  database: string,
): Promise<Readonly<{ start: () => Promise<ServerProcess>; close: () => Promise<void> }>> {
  const folder = await mkdtemp(join(tmpdir(), 'gable-server-'))
  await mkdir(join(folder, 'dist-team'))
  await writeFile(join(folder, 'dist-team', 'index.html'), '<!doctype html><title>Gable</title>')
  const running = new Set<ServerProcess>()
  return {
    async start() {
      const server = await startServer(folder, database)
      running.add(server)
      return server
    },
    async close() {
      await Promise.all([...running].map((server) => server.kill()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function startServer(folder: string, database: string): Promise<ServerProcess> {
  const own = { GABLE_DEMO: '1', GABLE_PEOPLE: '2', DATABASE_URL: database }
  const { url, kill } = await spawnServer(folder, own)
  return { url, kill, as: (identity) => signedIn(url, identity) }
}

async function signedIn(url: string, identity: string): Promise<Caller> {
  const answer = await globalThis.fetch(`${url}/auth/demo`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ as: identity }),
  })
  const { token } = (await answer.json()) as { token: string }
  return async (path, { json, ...init } = {}) => {
    const headers = new Headers({ Authorization: `Bearer ${token}` })
    if (json !== undefined) headers.set('Content-Type', 'application/fhir+json')
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    const body = json === undefined ? (init.body ?? null) : JSON.stringify(json)
    return await globalThis.fetch(`${url}${path}`, { ...init, headers, body })
  }
}
