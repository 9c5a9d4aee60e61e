import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { importChunksIn } from '#test-support/worlds/import-chunks-in.ts'
import { looksLikeFhir, peopleIn } from './people-in.ts'
import { isAllUnchanged, mostKept, nothingYet, tallyOf, tallyOfRows, together } from './tally.ts'

const counted = (type: string, created: number, unchanged: number) => ({
  name: 'counted',
  part: [
    { name: 'type', valueString: type },
    { name: 'created', valueInteger: created },
    { name: 'unchanged', valueInteger: unchanged },
  ],
})
const answer = (...parameter: NonNullable<Parameters['parameter']>): Parameters => ({
  resourceType: 'Parameters',
  parameter,
})
const place = { file: 'one.ndjson', placeOf: (index: number) => index + 501 }

test('counts of several calls add up by type', () => {
  const first = tallyOf(answer(counted('Patient', 1, 0), counted('Goal', 2, 1)), place)
  const both = together(together(nothingYet, first), first)
  expect(both.counts.map((each) => [each.type, each.created, each.unchanged])).toEqual([
    ['Goal', 4, 2],
    ['Patient', 2, 0],
  ])
})

test('what an answer does not name is counted all the same', () => {
  const more = (name: string, valueInteger: number) => ({ name, valueInteger })
  const { totals, duplicates } = tallyOf(
    answer(
      {
        name: 'possibleDuplicate',
        part: [
          { name: 'index', valueInteger: 0 },
          { name: 'type', valueString: 'Patient' },
          { name: 'id', valueString: 'p1' },
          { name: 'other', valueString: 'p2' },
        ],
      },
      ...[more('moreDuplicates', 41), more('moreAlike', 3)],
    ),
    place,
  )
  expect([totals.duplicates, totals.alike, duplicates.length]).toEqual([42, 3, 1])
})

test('a refused record is reported by its place in the whole file', () => {
  const refused = {
    name: 'refused',
    part: [
      { name: 'index', valueInteger: 2 },
      { name: 'type', valueString: 'Goal' },
      { name: 'reason', valueString: 'No subject' },
    ],
  }
  const { refusals, notes } = tallyOf(
    answer(refused, {
      name: 'noted',
      part: [
        { name: 'index', valueInteger: 0 },
        { name: 'type', valueString: 'Flag' },
        { name: 'note', valueString: 'A link leads nowhere' },
      ],
    }),
    place,
  )
  expect(refusals).toEqual([
    { file: 'one.ndjson', place: 503, type: 'Goal', id: '', reason: 'No subject' },
  ])
  expect(notes).toMatchObject([{ place: 501, type: 'Flag', note: 'A link leads nowhere' }])
})

test('of any number of refused records so many are kept, all are counted, and a full list is not copied', () => {
  const rows = Array.from({ length: 300 }, (_, row) => ({ row, faults: [], cells: ['x'] }))
  const part = tallyOfRows(rows, 'list.csv')
  let all = nothingYet
  const lists = new Set<unknown>()
  for (let times = 0; times < 200; times += 1) {
    all = together(all, part)
    lists.add(all.refusals)
  }
  expect(all.refusals).toHaveLength(mostKept)
  expect(all.totals.refusals).toBe(60_000)
  expect(all.counts[0]?.refused).toBe(60_000)
  expect(lists.size, 'one for each request until it is full').toBe(4)
})

test('a second run is all unchanged, an empty one is not', () => {
  expect(isAllUnchanged(tallyOf(answer(counted('Goal', 0, 3)), place))).toBe(true)
  expect(isAllUnchanged(tallyOf(answer(counted('Goal', 1, 3)), place))).toBe(false)
  expect(isAllUnchanged(nothingYet)).toBe(false)
})

test('people are found in a bundle and in NDJSON lines, not in text that is not FHIR', async () => {
  const bare = { contentType: 'application/fhir+json', records: 1 } as const
  const patient = { resourceType: 'Patient', id: 'p-1' }
  const bundle = JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: patient }, {}] })
  const lines = `${JSON.stringify(patient)}\n${JSON.stringify({ ...patient, id: 'p-2' })}\n`
  expect((await importChunksIn(bundle)).flatMap(peopleIn)).toEqual(['p-1'])
  expect((await importChunksIn(lines)).flatMap(peopleIn)).toEqual(['p-1', 'p-2'])
  const unnamed = { resource: { resourceType: 'Patient' }, fullUrl: 'urn:uuid:5f0c2d1a-1' }
  const posted = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [unnamed] })
  expect((await importChunksIn(posted)).flatMap(peopleIn)).toEqual(['5f0c2d1a-1'])
  expect(peopleIn({ ...bare, body: '"Patient", but no record' })).toEqual([])
  expect(looksLikeFhir(`\n${bundle}`)).toBe(true)
  expect(looksLikeFhir('name;born\nAnn;1934')).toBe(false)
})
