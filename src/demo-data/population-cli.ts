import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { reckonedDay } from '#domain/calendar/days.ts'
import { demoPopulation, usualPopulation } from './population.ts'

/** `npm run population -- --people 50000 --out DIR [--density full] [--as-of 2026-11-23] [--seed N]`: one NDJSON file per type of record. */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: String(usualPopulation.people) },
    out: { type: 'string' },
    density: { type: 'string', default: 'thin' },
    'as-of': { type: 'string', default: usualPopulation.asOf },
    seed: { type: 'string', default: String(usualPopulation.seed) },
  },
})

const mostPeople = 1_000_000
/** A day that there is. */
const isDayWritten = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isThere(text)
const isThere = (day: string) => {
  const moment = Date.parse(day)
  return !Number.isNaN(moment) && reckonedDay(moment) === day
}

const people = Number(values.people)
const seed = Number(values.seed)
const { density } = values
const isDay = isDayWritten(values['as-of'])
const isMany = Number.isInteger(people) && people >= 1 && people <= mostPeople
const isDensity = density === 'thin' || density === 'full'
if (!values.out || !isMany || !Number.isInteger(seed) || !isDay || !isDensity) {
  console.error(
    `Usage: npm run population -- --people NUMBER --out FOLDER [--density thin|full] [--as-of YYYY-MM-DD] [--seed NUMBER]
NUMBER of people: 1 to ${mostPeople.toLocaleString('en')}. thin: what lists and scores read. full: about 1,000 records a person.`,
  )
  process.exit(2)
}

await mkdir(values.out, { recursive: true })
const files = new Map<string, ReturnType<typeof createWriteStream>>()
const counts = new Map<string, number>()
for (const record of demoPopulation({ people, seed, density, asOf: values['as-of'] })) {
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
