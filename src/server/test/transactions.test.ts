import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const bundle = (type: string, entry: readonly unknown[]) => ({
  method: 'POST',
  json: { resourceType: 'Bundle', type, entry },
})
const patientEntry: BundleEntry = {
  fullUrl: 'urn:uuid:5a1e6f80-0000-4000-8000-000000000001',
  resource: { resourceType: 'Patient', name: [{ family: 'New' }] },
  request: { method: 'POST', url: 'Patient' },
}
const observation = (index: number, subject: string): BundleEntry => ({
  resource: {
    resourceType: 'Observation',
    status: 'final',
    code: { text: `reading ${index}` },
    subject: { reference: subject },
    valueQuantity: { value: index },
  },
  request: { method: 'POST', url: 'Observation' },
})

eachStore('Bundles', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    return { ...server, amina: await server.as('amina') }
  }

  test('600 entries are stored together and refer to each other by their new ids', async () => {
    const { amina } = await started()
    const subject = patientEntry.fullUrl ?? ''
    const entry = [patientEntry, ...Array.from({ length: 600 }, (_, i) => observation(i, subject))]
    const response = await amina('/fhir', bundle('transaction', entry))
    expect(response.status).toBe(200)
    const done = (await response.json()) as Bundle
    expect(done.entry).toHaveLength(601)
    expect(new Set(done.entry?.map((each) => each.response?.status))).toEqual(new Set(['201']))
    const id = done.entry?.[0]?.response?.location?.split('/')[1]
    const found = await amina(`/fhir/Observation?subject=Patient/${id}&_summary=count`)
    expect(((await found.json()) as Bundle).total).toBe(600)
  })

  test('the writer of 120 records at once may delete one, and nobody who only read many may', async () => {
    const { amina, as } = await started()
    const subject = patientEntry.fullUrl ?? ''
    const entry = [patientEntry, ...Array.from({ length: 120 }, (_, i) => observation(i, subject))]
    const done = (await (await amina('/fhir', bundle('transaction', entry))).json()) as Bundle
    const [person = '', one = ''] = (done.entry ?? []).map(
      ({ response }) => response?.location?.split('/_history')[0] ?? '',
    )
    const patel = await as('patel')
    expect((await patel(`/fhir/${person}/$everything`)).status).toBe(200)
    const log = await (await amina(`/fhir/${person}/$who-looked`)).text()
    expect(log).toContain('"name":"Observation"')
    expect(log).toContain('"name":"Observation×120"')
    expect((await patel(`/fhir/${one}`, { method: 'DELETE' })).status).toBe(403)
    expect((await amina(`/fhir/${one}`, { method: 'DELETE' })).status).toBe(204)
  })

  test('one bad entry undoes all, and is named', async () => {
    const { amina } = await started()
    const bad = { resource: { resourceType: 'Goal' }, request: { method: 'POST', url: 'Goal' } }
    const response = await amina('/fhir', bundle('transaction', [patientEntry, bad]))
    expect(response.status).toBe(422)
    const outcome = (await response.json()) as OperationOutcome
    expect(outcome.issue[0]?.expression).toContain('Bundle.entry[1]')
    expect(((await (await amina('/fhir/Patient')).json()) as Bundle).entry).toBeUndefined()
  })

  test('an old version in a transaction undoes all', async () => {
    const server = await started()
    await server.seed([{ resourceType: 'Patient', id: 'p1' }], 'brook-surgery')
    const change = {
      resource: { resourceType: 'Patient', id: 'p1', active: true },
      request: { method: 'PUT', url: 'Patient/p1', ifMatch: 'W/"7"' },
    }
    const response = await server.amina('/fhir', bundle('transaction', [patientEntry, change]))
    expect(response.status).toBe(412)
    const everyone = (await (await server.amina('/fhir/Patient')).json()) as Bundle
    expect(everyone.entry).toHaveLength(1)
  })

  test('conditional references and creates find existing records', async () => {
    const server = await started()
    const identifier = [{ system: 'https://example.org/id', value: '7' }]
    await server.seed([{ resourceType: 'Patient', id: 'p1', identifier }], 'brook-surgery')
    const entry = [
      { ...observation(1, 'Patient?identifier=https://example.org/id|7') },
      {
        resource: { resourceType: 'Patient', identifier },
        request: {
          method: 'POST',
          url: 'Patient',
          ifNoneExist: 'identifier=https://example.org/id|7',
        },
      },
      { request: { method: 'GET', url: 'Observation?subject=Patient/p1' } },
    ]
    const done = (await (
      await server.amina('/fhir', bundle('transaction', entry))
    ).json()) as Bundle
    expect(done.entry?.map((each) => each.response?.status)).toEqual(['201', '200', '200'])
    expect(done.entry?.[1]?.response?.location).toBe('Patient/p1/_history/1')
    const found = done.entry?.[2]?.resource as Bundle | undefined
    expect(found?.entry).toHaveLength(1)
  })

  test('each entry of a batch is stored by itself', async () => {
    const { amina } = await started()
    const entry = [patientEntry, { request: { method: 'GET', url: 'Patient/nobody' } }]
    const done = (await (await amina('/fhir', bundle('batch', entry))).json()) as Bundle
    expect(done.entry?.map((each) => each.response?.status)).toEqual(['201', '404'])
  })
})
