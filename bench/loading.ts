import type { Density } from '#demo-data/person-records.ts'
import { demoPopulation } from '#demo-data/population.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Api } from './api.ts'
import { type Row, row, timed } from './measure.ts'
import { plainOver } from './plain.ts'

const perChunk = 500

type Person = readonly SeedRecord[]

/** The fictional people one after the other, each with all of their records. */
export function* personByPerson(people: number, density: Density = 'thin'): Generator<Person> {
  let current: SeedRecord[] = []
  for (const record of demoPopulation({ people, density })) {
    if (record.resourceType === 'Patient' && current.length > 0) {
      yield current
      current = []
    }
    current.push(record)
  }
  yield current
}

/** Takes the next people from the stream. */
export function next(stream: Iterator<Person>, people: number): readonly Person[] {
  const taken: Person[] = []
  for (let count = 0; count < people; count += 1) {
    const { done, value } = stream.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

/** Chunks of complete people, so that chunks can be written at the same time. */
export function* chunksOf(people: Iterable<Person>): Generator<readonly SeedRecord[]> {
  let chunk: SeedRecord[] = []
  for (const records of people) {
    if (chunk.length > 0 && chunk.length + records.length > perChunk) {
      yield chunk
      chunk = []
    }
    chunk.push(...records)
  }
  if (chunk.length > 0) yield chunk
}

const clinical = [
  'Patient',
  'RelatedPerson',
  'Condition',
  'Encounter',
  'MedicationRequest',
  'Observation',
]

/** Records as another system sends them. Plans and agreements to them are made in Gable. */
const isBroughtIn = ({ resourceType }: SeedRecord) => clinical.includes(resourceType)

/** Imports people through the API, and the same records as plain JSON. */
export async function measureImport(api: Api, people: readonly Person[]): Promise<Row> {
  const brought = [...chunksOf(people.map((records) => records.filter(isBroughtIn)))]
  const plain = plainOver(api.ground.sql)
  const bare = await timed(async () => {
    for (const chunk of brought) await plain.insert(chunk)
  })
  const ours = await timed(async () => {
    for (const chunk of brought) await importChunk(api, chunk)
  })
  await load(api, [people.flat().filter((each) => !isBroughtIn(each))])
  return row({
    what: `$import, ${people.length.toLocaleString('en')} people, checked, indexed and scored`,
    on: api.ground.name,
    unit: 'people/s',
    value: (people.length / ours) * 1_000,
    plain: 'the same JSON into one table',
    plainValue: (people.length / bare) * 1_000,
  })
}

async function importChunk(api: Api, chunk: readonly SeedRecord[]): Promise<void> {
  const answer = await api.ask('$import', {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+ndjson' },
    body: chunk.map((each) => JSON.stringify(each)).join('\n'),
  })
  if (JSON.stringify(answer).includes('"refused","part"')) throw new Error('A record was refused')
}

/** Writes people directly, into the plain table too unless not asked for: the data for the other measurements. */
export async function load(
  api: Api,
  people: readonly Person[],
  { plainToo = true } = {},
): Promise<void> {
  const { sql, lanes } = api.ground
  const store = createStore(sql)
  const plain = plainOver(sql)
  const waiting = [...chunksOf(people)]
  const lane = async () => {
    for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
      if (plainToo) await plain.insert(chunk)
      await store.writeMany(chunk.map((resource) => ({ resource, expect: 'anything' as const })))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
