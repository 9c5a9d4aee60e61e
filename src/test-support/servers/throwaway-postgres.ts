import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgres } from '#server/hosts/node/database/embedded-postgres.ts'
import { freePort } from '#server/hosts/node/database/free-port.ts'

/** Nothing here outlives the run: everything that makes a server survive a power cut is switched off. */
const settings = [
  ...['max_connections=200', 'listen_addresses=127.0.0.1', 'fsync=off', 'synchronous_commit=off'],
  ...['full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB'],
]

/** A PostgreSQL from npm that never flushes, in a temporary folder; its address is that of a superuser. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'gable-postgres-'))
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  })
  // if the tests run as root, the server runs as another user, who must be able to enter the directory
  await chmod(directory, 0o777)
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
