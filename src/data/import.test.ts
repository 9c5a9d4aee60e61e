import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openGraceHouse } from '#testing/grace-house.ts'
import { bringIn, type ImportProgress, importQueries } from './import.ts'
import { queryClient } from './query-client.ts'
import { signInAs } from './session.ts'

let house: Awaited<ReturnType<typeof openGraceHouse>>
beforeAll(async () => {
  house = await openGraceHouse()
})
afterAll(async () => await house.close())
beforeEach(async () => {
  await signInAs('amina')
})

const patient = { resourceType: 'Patient', id: 'from-elsewhere', name: [{ family: 'Koepp' }] }
const condition = (id: string) => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/from-elsewhere' },
  code: { text: 'Cough' },
})
const lines = (...records: object[]) => records.map((each) => JSON.stringify(each)).join('\n')
const never = new AbortController().signal
const people = () => new File([lines(patient, { resourceType: 'Nothing' })], 'Patient.ndjson')
const conditions = () =>
  new File([gzipSync(lines(condition('c-1'), condition('c-2')))], 'Condition.ndjson.gz')

async function bring(files: readonly File[], stop = never) {
  const seen: ImportProgress[] = []
  const result = await bringIn(files, { onProgress: (each) => seen.push(each), stop })
  return { ...result, seen }
}

test('files are unpacked and taken in, people first, and every refusal is named', async () => {
  const result = await bring([conditions(), people()])
  expect(result.seen[0]).toMatchObject({ file: 1, files: 2, name: 'Patient.ndjson' })
  expect(result.seen.at(-1)?.records).toBe(4)
  expect(result.tally.counts).toContainEqual(
    expect.objectContaining({ type: 'Condition', created: 2, refused: 0 }),
  )
  expect(result.tally.refusals).toMatchObject([{ file: 'Patient.ndjson', place: 2 }])
  expect(result.stopped).toBe(false)
  expect(await queryClient.fetchQuery(importQueries.people(result.people))).toMatchObject([
    { id: 'from-elsewhere', family: 'Koepp', nhsNumber: undefined, birthDate: undefined },
  ])
})

test('a second run finds everything here, unchanged', async () => {
  await bring([people(), conditions()])
  const { tally } = await bring([conditions()])
  expect(tally.counts).toEqual([
    { type: 'Condition', created: 0, updated: 0, unchanged: 2, keptOurs: 0, refused: 0 },
  ])
})

test('a file that is no FHIR is named, and the others go on', async () => {
  const files = [
    new File(['name;born'], 'list.json'),
    new File([''], 'nothing.json'),
    new File([new Uint8Array([0x1f, 0x8b, 1, 2])], 'broken.json.gz'),
    new File(['{"resourceType": "Bundle", '], 'cut.json'),
    conditions(),
  ]
  const { problems, filesDone } = await bring(files)
  expect(problems.map(({ file, why }) => [file, why])).toEqual([
    ['list.json', 'not-fhir'],
    ['nothing.json', 'empty'],
    ['broken.json.gz', 'not-unpacked'],
    ['cut.json', 'refused'],
  ])
  expect(filesDone).toBe(5)
})

test('stopping takes no further file', async () => {
  const stop = new AbortController()
  stop.abort()
  const { stopped, filesDone, tally } = await bring([conditions()], stop.signal)
  expect([stopped, filesDone, tally.counts]).toEqual([true, 0, []])
})

test('without a network, or without the right, it says so instead of going on', async () => {
  await signInAs('karen')
  await expect(bring([conditions()])).rejects.toMatchObject({ kind: 'forbidden' })
  house.wire.mode = 'drop'
  await expect(bring([conditions()])).rejects.toMatchObject({ status: 0 })
  house.wire.mode = 'open'
})
