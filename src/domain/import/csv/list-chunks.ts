import type { ImportChunk } from '#domain/import/import-chunk.ts'
import type { CsvTaken } from './csv-people.ts'

const peoplePerChunk = 200

/** So many refused rows are reported, even if nobody can be imported in between. */
const refusedPerChunk = 500

type Held = { people: CsvTaken['people'][number][]; refused: CsvTaken['refused'][number][] }

/** The people of a list in requests, each with the rows up to it that are refused. */
export async function* listChunks(taken: AsyncIterable<CsvTaken>): AsyncGenerator<ImportChunk> {
  const held: Held = { people: [], refused: [] }
  for await (const { people, refused } of taken) {
    held.people.push(...people)
    held.refused.push(...refused)
    while (held.people.length >= peoplePerChunk) yield nextChunk(held)
    if (held.refused.length >= refusedPerChunk) yield refusedChunk(held)
  }
  if (held.people.length > 0) yield nextChunk(held)
  else if (held.refused.length > 0) yield refusedChunk(held)
}

const refusedChunk = ({ refused }: Held): ImportChunk => ({
  ...{ body: '', contentType: 'application/fhir+json', records: 0 },
  refused: refused.splice(0),
})

function nextChunk({ people, refused }: Held): ImportChunk {
  const some = people.splice(0, peoplePerChunk)
  const entry = some.map((each) => each.entry)
  return {
    body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
    contentType: 'application/fhir+json',
    records: some.length,
    rows: some.map((each) => each.row),
    cells: some.map((each) => each.cells),
    ...(refused.length > 0 ? { refused: refused.splice(0) } : {}),
  }
}
