import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { embeddedPostgres } from './embedded-postgres.ts'
import { freePort } from './free-port.ts'

type Running = Readonly<{ url: string; stop: () => Promise<void> }>

const password = 'gable'
const keeper = 'keeper'

/**
 * A real PostgreSQL from npm over a folder of its own, made on first use; listens on this machine only. Gable signs in
 * without a superuser's rights, by the very script that a service runs (`deploy/database.sql`). A folder of before has
 * another superuser and no such login: it is opened as it was.
 */
export async function startPostgres(folder: string): Promise<Running> {
  const databaseDir = join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const asRoot = process.getuid?.() === 0
  // PostgreSQL then runs as its own user, who has to reach the folder
  if (asRoot) await chmod(folder, 0o755)
  const recent: string[] = []
  const note = (line: unknown) => {
    recent.push(String(line))
    if (recent.length > 20) recent.shift()
  }
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: keeper,
    password,
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: note,
    onError: note,
  })
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${recent.join('').trim()}`, { cause })
  }
  const address = (user: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const url = await readyAt(address).catch(async (cause: unknown) => {
    await server.stop()
    throw cause
  })
  return { url, stop: () => server.stop() }
}

type Address = (user: string, database: string) => string

/** The address of Gable's own login; makes it, with its database and roles, where it is not there yet. */
async function readyAt(address: Address): Promise<string> {
  const isOlder = await failsToOpen(address(keeper, 'postgres'))
  if (isOlder) return address('gable', 'postgres')
  const isMissing = await failsToOpen(address('gable', 'gable'))
  if (isMissing) await makeDatabase(address)
  await run(address(keeper, 'gable'), [await readFile('deploy/trail.sql', 'utf8')])
  return address('gable', 'gable')
}

async function failsToOpen(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  return await client.connect().then(
    async () => {
      await client.end()
      return false
    },
    () => true,
  )
}

/** Runs the script that a service runs, its two commands of psql carried out here. */
async function makeDatabase(address: Address): Promise<void> {
  const script = await readFile('deploy/database.sql', 'utf8')
  const plain = script.replace(/^(--|\\set|\\ir).*$/gm, '').replace(":'password'", `'${password}'`)
  const [server = '', inside = ''] = plain.split('\\connect gable')
  for (const [database, part] of [
    ['postgres', server],
    ['gable', inside],
  ] as const) {
    const statements = part.split(';').filter((each) => each.trim())
    await run(address(keeper, database), statements)
  }
}

async function run(url: string, scripts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const script of scripts) await client.query(script)
  } finally {
    await client.end()
  }
}
