import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** PostgreSQL's superuser in a folder that Gable created. */
export const keeper = 'keeper'
export const password = 'gable'

export const addressAt = (port: number, user: string, database: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

const nobodyOfThisName = '28P01'
const noDatabase = '3D000'

/** A superuser's connection. An older folder has another superuser and no login for Gable: it is opened as it was. */
export async function asSuperuser(port: number): Promise<{ client: pg.Client; isOlder: boolean }> {
  const client = await opened(addressAt(port, keeper, 'postgres'), [nobodyOfThisName])
  if (client) return { client, isOlder: false }
  const before = await opened(addressAt(port, 'gable', 'postgres'), [])
  if (!before) throw new Error('The database has no superuser')
  return { client: before, isOlder: true }
}

/** Undefined if it fails for one of these reasons. */
async function opened(url: string, reasons: readonly string[]): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // a broken connection reports its end
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (cause) {
    await client.end().catch(() => undefined)
    if (reasons.includes(String((cause as { code?: unknown }).code))) return undefined
    throw cause
  }
}

/** Creates Gable's own login, with its database and roles, if it is not complete yet, by the script that a service runs. */
export async function makeLocalPostgresLogin(port: number): Promise<void> {
  if (!(await isWhole(port))) await makeDatabase(port)
  await run(addressAt(port, keeper, 'gable'), [await scriptOf('trail.sql')])
}

const scriptOf = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, '..', '..', '..', '..', '..', 'deploy', name), 'utf8')

/** Handing the schema over is the last thing the script does. */
async function isWhole(port: number): Promise<boolean> {
  const there = await opened(addressAt(port, 'gable', 'gable'), [nobodyOfThisName, noDatabase])
  if (!there) return false
  const { rows } = await there.query(
    `select 1 from pg_namespace where nspname = 'public' and nspowner = 'gable'::regrole`,
  )
  await there.end()
  return rows.length > 0
}

/** An interrupted start may have created some of it. */
const isThere = ['42710', '42P04']

/** Runs `deploy/database.sql`; its two psql commands are carried out here. */
async function makeDatabase(port: number): Promise<void> {
  const script = await scriptOf('database.sql')
  const plain = script.replace(/^(--|\\set|\\ir).*$/gm, '').replace(":'password'", `'${password}'`)
  const [server = '', inside = ''] = plain.split('\\connect gable')
  for (const [database, part] of [
    ['postgres', server],
    ['gable', inside],
  ] as const) {
    const statements = part.split(';').filter((each) => each.trim())
    await run(addressAt(port, keeper, database), statements)
  }
}

async function run(url: string, scripts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const script of scripts)
      await client.query(script).catch((cause: { code?: string }) => {
        if (!isThere.includes(cause.code ?? '')) throw cause
      })
  } finally {
    await client.end()
  }
}
