import { expect, test } from 'vitest'
import { chunksOf, importOrder } from './chunks.ts'

test('a bundle stays one call, however its lines fall', () => {
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { id: 'a' } }] }
  for (const text of [JSON.stringify(bundle), `${JSON.stringify(bundle, null, 2)}\n`]) {
    expect(chunksOf(text)).toEqual([
      { body: text, contentType: 'application/fhir+json', records: 1 },
    ])
  }
})

test('NDJSON goes in parts of 500 lines, empty lines left out', () => {
  const text = Array.from({ length: 1200 }, (_, id) => JSON.stringify({ id })).join('\n\n')
  expect(chunksOf(text).map((chunk) => chunk.records)).toEqual([500, 500, 200])
})

test('an empty file gives nothing to send', () => {
  expect(chunksOf(' \n')).toEqual([])
})

test('organisations come before people, people before their records', () => {
  const names = ['a/Observation.ndjson', 'a/Patient.ndjson', 'a/hospitalInformation.json']
  expect(importOrder(names)).toEqual([...names].reverse())
})
