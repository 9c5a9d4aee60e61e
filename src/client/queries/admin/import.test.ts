import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import { openGraceServer } from '#test-support/worlds/grace-server.ts'
import { bringIn, goOn, type ImportProgress, importQueries } from './import.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
})
afterAll(async () => await server.close())
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
const reasonOf = () => 'No name'
const people = () => new File([lines(patient, { resourceType: 'Nothing' })], 'Patient.ndjson')
const conditions = () =>
  new File([gzipSync(lines(condition('c-1'), condition('c-2')))], 'Condition.ndjson.gz')

async function importAll(files: readonly File[], stop = never) {
  const seen: ImportProgress[] = []
  const result = await bringIn(files, { onProgress: (each) => seen.push(each), stop, reasonOf })
  return { ...result, seen }
}

test('files are unpacked and imported, people first, and every refusal is reported', async () => {
  const result = await importAll([conditions(), people()])
  expect(result.seen[0]).toMatchObject({ file: 1, files: 2, name: 'Patient.ndjson' })
  expect(result.seen.at(-1)?.records).toBe(4)
  expect(result.tally.counts).toContainEqual(
    expect.objectContaining({ type: 'Condition', created: 2, refused: 0 }),
  )
  expect(result.tally.refusals).toMatchObject([{ file: 'Patient.ndjson', place: 2 }])
  expect([result.ended, result.left, result.filesDone]).toEqual([undefined, [], 2])
  expect(await queryClient.fetchQuery(importQueries.people(result.people))).toMatchObject([
    { id: 'from-elsewhere', family: 'Koepp', nhsNumber: undefined, birthDate: undefined },
  ])
})

test('the refused rows of a long list are all in their file, and the first of them are kept', async () => {
  const rows = Array.from({ length: 1_203 }, (_, at) => `;;${at}`)
  const list = new File(
    [['Family name,Given name,Address', ...rows].join('\n').replaceAll(';', ',')],
    'list.csv',
  )
  const { tally, refusedRows } = await importAll([list])
  expect([tally.refusals.length, tally.totals.refusals]).toEqual([1_000, 1_203])
  const text = (await refusedRows.get('list.csv')?.text()) ?? ''
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(1_203)
  expect(lines.at(-1)).toBe(',,1202,No name')
})

test('a second import finds everything unchanged', async () => {
  await importAll([people(), conditions()])
  const { tally } = await importAll([conditions()])
  expect(tally.counts).toEqual([
    { type: 'Condition', created: 0, updated: 0, unchanged: 2, keptOurs: 0, refused: 0 },
  ])
})

test('a file that is not FHIR is reported, and the others are imported', async () => {
  const files = [
    new File(['name;born'], 'list.json'),
    new File([''], 'nothing.json'),
    new File([new Uint8Array([0x1f, 0x8b, 1, 2])], 'broken.json.gz'),
    new File(['{"resourceType": "Bundle", '], 'cut.json'),
    new File([gzipSync(' '.repeat(40_000_000))], 'bomb.json.gz'),
    conditions(),
  ]
  const { problems, filesDone } = await importAll(files)
  expect(problems.map(({ file, why }) => [file, why])).toEqual([
    ['list.json', 'not-known'],
    ['nothing.json', 'empty'],
    ['broken.json.gz', 'not-unpacked'],
    ['cut.json', 'refused'],
    ['bomb.json.gz', 'unpacks-too-large'],
  ])
  expect(filesDone).toBe(1)
})

test('stopping an import reads no further file', async () => {
  const stop = new AbortController()
  stop.abort()
  const { ended, filesDone, tally, left } = await importAll([conditions()], stop.signal)
  expect([ended, filesDone, tally.counts, left.length]).toEqual(['stopped', 0, [], 1])
})

test('without a network or without permission the import stops and says so', async () => {
  await signInAs('karen')
  const forbidden = await importAll([conditions()])
  expect(forbidden.ended).toMatchObject({ kind: 'forbidden' })
  server.wire.mode = 'drop'
  const dropped = await importAll([conditions()])
  expect(dropped.ended).toMatchObject({ status: 0 })
  server.wire.mode = 'open'
})

test('an interrupted import continues where it was, and nothing is counted twice', async () => {
  const many = Array.from({ length: 1200 }, (_, at) => ({ ...patient, id: `many-${at}` }))
  const big = new File([lines(...many, { resourceType: 'Nothing' })], 'Patient.ndjson')
  const watch = {
    stop: never,
    reasonOf,
    onProgress: ({ records }: ImportProgress) => drop(records),
  }
  const drop = (records: number) => {
    if (records === 500) server.wire.mode = 'drop'
  }
  const broken = await bringIn([big, people()], watch)
  expect([broken.records, broken.left.length, broken.leftDone]).toEqual([500, 2, [0]])
  expect(broken.ended).toMatchObject({ status: 0 })
  server.wire.mode = 'open'
  const whole = await goOn(broken, { stop: never, onProgress: () => undefined, reasonOf })
  expect([whole.ended, whole.records, whole.filesDone]).toEqual([undefined, 1203, 2])
  expect(whole.tally.counts).toContainEqual(
    expect.objectContaining({ type: 'Patient', created: 1200 }),
  )
  expect(whole.tally.refusals.map(({ place }) => place)).toEqual([1201, 2])
})

test('a call whose answer was lost is repeated, and nothing is created twice', async () => {
  const file = new File([lines({ ...patient, id: 'lost-1' })], 'Patient.ndjson')
  server.wire.mode = 'lose'
  const broken = await importAll([file])
  expect([broken.ended, broken.records]).toMatchObject([{ status: 0 }, 0])
  server.wire.mode = 'open'
  const { tally } = await goOn(broken, { stop: never, onProgress: () => undefined, reasonOf })
  expect(tally.counts).toMatchObject([{ type: 'Patient', created: 0, unchanged: 1 }])
})

test('a CSV list of people is imported by rows, and unknown columns are reported', async () => {
  const text = 'Surname;Born;Colour\nHill;04/01/1934;red\nPoe;soon;blue'
  const { tally, unread, people: ids } = await importAll([new File([text], 'list.csv')])
  expect(tally.counts).toMatchObject([{ type: 'Patient', created: 1, refused: 1 }])
  expect(tally.refusals).toMatchObject([{ place: 3, faults: [{ code: 'date-unread' }] }])
  expect(unread).toEqual([{ file: 'list.csv', headings: ['Colour'] }])
  expect(await queryClient.fetchQuery(importQueries.people(ids))).toMatchObject([
    { family: 'Hill', birthDate: '1934-01-04' },
  ])
})
