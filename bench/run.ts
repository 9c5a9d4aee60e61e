import { mkdir, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { createHandler } from '#api/handler.ts'
import { demoPopulation } from '#api/seed/population.ts'
import type { SeedRecord } from '#api/seed/seed-record.ts'
import { createStore } from '#api/sql/create-store.ts'
import { migrate } from '#api/sql/migrate.ts'
import { pgliteSql } from '#api/sql/pglite-sql.ts'
import { asTable, medianPair, type Row, row, timed } from './measure.ts'

/**
 * `npm run bench`: what the API costs over the same SQL sent bare, on PGlite in memory, in one run. Times are only to
 * be compared within a run. Browser starts, PostgreSQL and larger populations are not measured yet.
 */
const people = 1_000
const chunkSize = 500
const rounds = 30

const sql = pgliteSql(await PGlite.create())
await migrate(sql)
const store = createStore(sql)
const handler = createHandler({ sql, store, demo: true })
const rows: Row[] = []

const records = [...demoPopulation({ people })]
const chunks = Array.from({ length: Math.ceil(records.length / chunkSize) }, (_, place) =>
  records.slice(place * chunkSize, (place + 1) * chunkSize),
)
await sql.script('CREATE TABLE plain (id text PRIMARY KEY, content jsonb)')
const bare = await timed(async () => {
  for (const chunk of chunks) await insertPlain(chunk)
})
const ours = await timed(async () => {
  for (const chunk of chunks) {
    await store.writeMany(chunk.map((resource) => ({ resource, expect: 'anything' as const })))
  }
})
rows.push(
  row({
    what: `bulk load, ${people} people, ${records.length} records, indexed and scored`,
    unit: 'people/s',
    value: (people / ours) * 1000,
    baseline: 'JSON insert without index',
    baselineValue: (people / bare) * 1000,
  }),
)

async function insertPlain(chunk: readonly SeedRecord[]): Promise<void> {
  const pairs = chunk.map((record) => [`${record.resourceType}/${record.id}`, record])
  await sql.query(
    'INSERT INTO plain SELECT pair->>0, pair->1 FROM jsonb_array_elements($1::jsonb) AS pair',
    [JSON.stringify(pairs)],
  )
}

const signIn = await handler(
  new Request('http://localhost/auth/demo', { method: 'POST', body: '{"as":"amina"}' }),
)
const { token } = (await signIn.json()) as { token: string }
const call = async (path: string, init: RequestInit = {}) => {
  const headers = { Authorization: `Bearer ${token}`, ...init.headers }
  const answer = await handler(new Request(`http://localhost/fhir/${path}`, { ...init, headers }))
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}
const json = { 'Content-Type': 'application/fhir+json' }
const patient = records.find((each) => each.resourceType === 'Patient')?.id ?? ''

async function compare(
  what: string,
  ours: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
) {
  const [value, baselineValue] = await medianPair(rounds, ours, baseline)
  rows.push(row({ what, unit: 'ms', value, baseline: 'bare SQL', baselineValue }))
}

const plainRead = (id: string) => () => sql.query('SELECT content FROM plain WHERE id = $1', [id])
await compare(
  'FHIR read, with access and trail',
  () => call(`Patient/${patient}`),
  plainRead(`Patient/${patient}`),
)
await compare(
  'FHIR search: one person’s conditions',
  () => call(`Condition?patient=Patient/${patient}`),
  () =>
    sql.query("SELECT content FROM plain WHERE content->'subject'->>'reference' = $1", [
      `Patient/${patient}`,
    ]),
)
await compare(
  'worklist page, 20 of all, with counts',
  () =>
    call('Patient/$find-people', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ resourceType: 'Parameters' }),
    }),
  () => sql.query('SELECT * FROM person_row ORDER BY frailty DESC LIMIT 20'),
)
const goal = records.find((each) => each.resourceType === 'Goal')
let version = 1
await compare(
  'saving a goal, guarded by its version',
  async () => {
    const body = JSON.stringify({ ...goal, description: { text: `Goal ${version}` } })
    await call(`Goal/${goal?.id}`, {
      method: 'PUT',
      headers: { ...json, 'If-Match': `W/"${version}"` },
      body,
    })
    version += 1
  },
  () => sql.query('UPDATE plain SET content = content WHERE id = $1', [`Goal/${goal?.id}`]),
)

process.stdout.write(`${asTable(rows)}\n`)
await mkdir('bench', { recursive: true })
await writeFile('bench/results.json', `${JSON.stringify({ people, rows }, null, 2)}\n`)
process.exit(0)
