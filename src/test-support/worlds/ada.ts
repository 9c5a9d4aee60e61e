import type { Bundle, Patient } from '@medplum/fhirtypes'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'

export const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'
export const adasDay = new Date('2026-03-02T09:00:00.000Z')

export type PatientWithId = Patient & { id: string }

export const ada: PatientWithId = {
  ...{ resourceType: 'Patient', id: 'gp-1', birthDate: '1938-02-03', gender: 'female' },
  identifier: [{ system: nhsNumber, value: '9434765919' }],
  name: [{ use: 'official', family: 'Okoro', given: ['Ada'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}

/** A different person, who has Ada’s id in another system. */
export const tom: PatientWithId = {
  ...{ ...ada, birthDate: '1971-09-09', gender: 'male' },
  identifier: [{ system: nhsNumber, value: '9434765870' }],
  name: [{ family: 'Price', given: ['Tom'] }],
}

export const condition = (text: string) => ({
  ...{ resourceType: 'Condition' as const, id: text.toLowerCase(), code: { text } },
  subject: { reference: 'Patient/gp-1' },
})

export const linesOf = (...resources: object[]) =>
  resources.map((each) => JSON.stringify(each)).join('\n')
export const ndjson = 'application/fhir+ndjson'

/** Ada’s record at Brook Surgery. */
export async function serverOfAda(sql: Sql) {
  const server = await openHandler({ sql, now: adasDay })
  await server.seed([ada, condition('Asthma')], 'brook-surgery')
  const [admin, amina] = [await server.as('admin'), await server.as('amina')]
  const conditionIds = async () => {
    const found = (await (await admin('/fhir/Condition?patient=Patient/gp-1')).json()) as Bundle
    return found.entry?.map(({ resource }) => resource?.id)
  }
  const read = async (id: string) =>
    (await (await admin(`/fhir/Patient/${id}`)).json()) as PatientWithId
  const put = async (resource: Patient, call = amina) =>
    await call(`/fhir/Patient/${resource.id}`, {
      ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' }, json: resource },
    })
  return { ...server, sql, admin, amina, conditionIds, read, put }
}
