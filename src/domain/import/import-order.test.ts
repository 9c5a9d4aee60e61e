import { expect, test } from 'vitest'
import { importChunksIn } from '#test-support/worlds/import-chunks-in.ts'
import { inImportOrder } from './import-order.ts'

test('a bundle stays one call, however its lines are broken', async () => {
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { id: 'a' } }] }
  for (const text of [JSON.stringify(bundle), `${JSON.stringify(bundle, null, 2)}\n`]) {
    expect(await importChunksIn(text)).toEqual([
      { body: text, contentType: 'application/fhir+json', records: 1 },
    ])
  }
})

test('NDJSON is sent in parts of 500 lines, without empty lines', async () => {
  const text = Array.from({ length: 1200 }, (_, id) =>
    JSON.stringify({ resourceType: 'Patient', id: `p-${id}` }),
  ).join('\n\n')
  expect((await importChunksIn(text)).map((chunk) => chunk.records)).toEqual([500, 500, 200])
})

test('an empty file gives nothing to send', async () => {
  expect(await importChunksIn(' \n')).toEqual([])
})

const line = (resourceType: string) => `{"resourceType": "${resourceType}", "id": "x"}`

test('files are imported in the order of what they hold, whatever their names', async () => {
  const files = [
    ['a-Patient.ndjson', `${line('Observation')}\n${line('QuestionnaireResponse')}`],
    ['b.json', `{"resourceType":"Bundle","entry":[{"resource":${line('Patient')}}]}`],
    ['c.ndjson', line('Patient')],
    ['z-answers.ndjson', `${line('Organization')}\n${line('Questionnaire')}`],
  ] as const
  const order = await inImportOrder(files, ([, text]) => new Blob([text]))
  expect(order.map(([name]) => name)).toEqual([
    'z-answers.ndjson',
    'b.json',
    'c.ndjson',
    'a-Patient.ndjson',
  ])
})

test('lines of one file are imported in the same order and keep their line numbers', async () => {
  const text = [line('Observation'), line('Patient'), line('Practitioner')].join('\n')
  const [chunk] = await importChunksIn(text)
  expect(chunk?.body.split('\n')).toEqual([
    line('Practitioner'),
    line('Patient'),
    line('Observation'),
  ])
  expect(chunk?.rows).toEqual([3, 2, 1])
})
