import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { demoPopulation, usualPopulation } from './population.ts'

/** `npm run population -- --people 50000 --out DIR [--as-of 2026-11-23] [--seed N]`: one NDJSON file per type of record. */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: String(usualPopulation.people) },
    out: { type: 'string' },
    'as-of': { type: 'string', default: usualPopulation.asOf },
    seed: { type: 'string', default: String(usualPopulation.seed) },
  },
})

const people = Number(values.people)
const seed = Number(values.seed)
const isDay = /^\d{4}-\d{2}-\d{2}$/.test(values['as-of'])
if (!values.out || !Number.isInteger(people) || people < 1 || !Number.isInteger(seed) || !isDay) {
  console.error(
    'Usage: npm run population -- --people NUMBER --out FOLDER [--as-of YYYY-MM-DD] [--seed NUMBER]',
  )
  process.exit(2)
}

await mkdir(values.out, { recursive: true })
const files = new Map<string, ReturnType<typeof createWriteStream>>()
const counts = new Map<string, number>()
for (const record of demoPopulation({ people, seed, asOf: values['as-of'] })) {
  const type = record.resourceType
  const file = files.get(type) ?? createWriteStream(join(values.out, `${type}.ndjson`))
  files.set(type, file)
  counts.set(type, (counts.get(type) ?? 0) + 1)
  if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain')
}
for (const file of files.values()) {
  file.end()
  await finished(file)
}
for (const [type, count] of [...counts].sort()) console.log(`${type}\t${count}`)
