import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import * as v from 'valibot'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import { seedDay, seedPopulation } from '#server/hosts/node/seed-demo.ts'
import { migrate } from '#server/migrate.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'

/**
 * Builds `public/demo/snapshot.bin`: the database folder of the demonstration population, gzipped, which a first start
 * in the browser opens. Built again only if the day, the size or one of its sources changed.
 */
const folder = 'public/demo'
const sources = ['src/server/store', 'src/demo-data', 'src/domain', 'src/server/operations']
const people = Number(process.env['GABLE_PEOPLE'] ?? 5_000)

/** Old write-ahead files are removed, not recycled: they would make up most of the snapshot. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['wal_recycle=off', 'min_wal_size=32MB', 'max_wal_size=64MB'].flatMap((each) => ['-c', each]),
]

async function build(): Promise<void> {
  const version = await versionOf()
  if (await isBuilt(version)) {
    console.log(`snapshot ${version} is there`)
    return
  }
  const started = performance.now()
  const db = await PGlite.create({ startParams })
  const sql = pgliteSql(db)
  await migrate(sql)
  const records = await seedPopulation(sql, { people, asOf: seedDay() }, (written) => {
    if (written % 50_000 === 0) console.log(`${written} records written`)
  })
  // two of three databases in the folder are templates that nobody uses: without them it has a third of the files, and
  // a browser's first start, which writes and syncs each file, takes a third of the time
  await db.exec('update pg_database set datistemplate = false')
  await db.exec('drop database template0')
  await db.exec('drop database template1')
  await db.exec('vacuum full analyze')
  await db.exec('checkpoint')
  await db.exec('select pg_switch_wal()')
  await db.exec('checkpoint')
  const bytes = new Uint8Array(await (await db.dumpDataDir('gzip')).arrayBuffer())
  await db.close()
  await keep(version, bytes)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const size = (bytes.byteLength / 1_000_000).toFixed(1)
  console.log(`snapshot ${version}: ${people} people, ${records} records, ${size} MB, ${seconds} s`)
}

async function keep(version: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const manifest = { version, bytes: bytes.byteLength, people, madeOn: new Date().toISOString() }
  await writeFile(join(folder, 'snapshot.part'), bytes)
  await rename(join(folder, 'snapshot.part'), join(folder, 'snapshot.bin'))
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
}

async function isBuilt(version: string): Promise<boolean> {
  if (!existsSync(join(folder, 'snapshot.bin'))) return false
  try {
    const manifest = await readFile(join(folder, 'manifest.json'), 'utf8')
    return checkedJson(v.object({ version: v.string() }), manifest)?.version === version
  } catch {
    return false
  }
}

async function versionOf(): Promise<string> {
  const hash = createHash('sha256').update(`${seedDay()} ${people}`)
  hash.update(await readFile('node_modules/@electric-sql/pglite/package.json'))
  for (const source of sources) {
    const files = await readdir(source, { recursive: true })
    for (const file of files.sort()) {
      if (!/\.(ts|json)$/.test(file) || file.includes('.test.')) continue
      hash.update(file).update(await readFile(join(source, file)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

await build()
