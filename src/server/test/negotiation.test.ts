import type { Bundle, OperationOutcome } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'

let server: OpenHandler
let amina: Caller
beforeAll(async () => {
  server = await openHandler()
  await server.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
  amina = await server.as('amina')
})
afterAll(() => server.close())

const fhir = { 'Content-Type': 'application/fhir+json' }

async function outcomeText(response: Response): Promise<string> {
  const outcome = (await response.json()) as OperationOutcome
  expect(outcome.resourceType).toBe('OperationOutcome')
  return `${response.status} ${outcome.issue[0]?.details?.text}`
}

test.each([
  ['{bad', 'line 1, column 2'],
  ['{"a": b}', 'line 1, column 7'],
  ['{"resourceType": "Patient",\n  "id": "p1",\n  "active" true}', 'line 3, column 12'],
  ['{"resourceType": "Patient", "name": [', 'line 1, column 38'],
  ['{"a": "x\ty"}', 'line 1, column 7'],
  ['{"a": 1,}', 'line 1, column 9'],
  ['{} {}', 'line 1, column 4'],
  ['', 'line 1, column 1'],
])('%j is not JSON: 400 with the place', async (body, place) => {
  const answer = await amina('/fhir/Patient', { method: 'POST', body, headers: fhir })
  expect(await outcomeText(answer)).toBe(`400 The body is not JSON: ${place}`)
})

test.each([
  ['POST', '/fhir/Patient', 'application/fhir+xml'],
  ['POST', '/fhir/Patient', 'text/plain'],
  ['PUT', '/fhir/Patient/p1', 'text/plain'],
  ['PATCH', '/fhir/Patient/p1', 'application/fhir+json'],
  ['PATCH', '/fhir/Patient?_id=p1', 'application/fhir+json'],
  ['POST', '/fhir', 'text/plain'],
  ['POST', '/fhir/Patient/_search', 'application/json'],
  ['POST', '/fhir/$import', 'text/plain'],
])('%s %s sent as %s is refused with 415', async (method, path, type) => {
  const who = path.endsWith('$import') ? await server.as('admin') : amina
  const answer = await who(path, { method, body: '{}', headers: { 'Content-Type': type } })
  expect(await outcomeText(answer)).toMatch(/^415 /)
})

test.each([
  ['application/fhir+xml', 406],
  ['text/html', 406],
  ['text/html, */*;q=0.1', 200],
  ['application/fhir+json', 200],
  ['application/json; fhirVersion=4.0', 200],
])('a client that accepts %s gets %i', async (accept, status) => {
  expect((await amina('/fhir/Patient/p1', { headers: { Accept: accept } })).status).toBe(status)
})

test('a body over the limit is refused with 413 and the limit, and six megabytes are accepted', async () => {
  const body = `"${'x'.repeat(64 * 1024 * 1024)}"`
  const answer = await amina('/fhir/Patient', { method: 'POST', body, headers: fhir })
  expect(await outcomeText(answer)).toBe('413 The body is larger than 64 MB: send it in parts')
  const entry = Array.from({ length: 60 }, (_, at) => ({
    resource: {
      resourceType: 'Observation',
      status: 'final',
      code: { text: `reading ${at}` },
      subject: { reference: 'Patient/p1' },
      note: Array.from({ length: 25 }, () => ({ text: 'y'.repeat(4_000) })),
    },
    request: { method: 'POST', url: 'Observation' },
  }))
  const json = { resourceType: 'Bundle', type: 'batch', entry }
  const done = (await (await amina('/fhir', { method: 'POST', json })).json()) as Bundle
  expect(done.entry?.filter((each) => each.response?.status === '201').length).toBe(60)
})
