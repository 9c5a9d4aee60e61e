import type { Encounter, Parameters } from '@medplum/fhirtypes'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { adtMessage, type Said } from './adt-message.ts'

/** The time at which messages arrive in tests. */
export const messagesCome = new Date('2026-03-02T09:00:00.000Z')

/** Somebody without a record here, and a hospital’s message about him. */
export const balbir = {
  resourceType: 'Patient' as const,
  id: 'balbir',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
  name: [{ family: 'Singh', given: ['Balbir'] }],
  birthDate: '1950-05-05',
}
export const ofBalbir = {
  ...{ nhs: '9434765919', name: 'Singh^Balbir', born: '19500505', visit: 'V2' },
}

/** Grace's record, and a hospital that sends messages as the administrator. */
export async function openHospital(sql: Sql) {
  const server = await openHandler({ sql, now: messagesCome })
  await server.seed([...demoOrganisationRecords(), ...graceRecords('2026-03-02')])
  const admin = await server.as('admin')
  const post = async (message: string | Uint8Array<ArrayBuffer>, type = 'application/hl7-v2') => {
    const headers = { 'Content-Type': type }
    const answer = await admin('/hl7', { method: 'POST', headers, body: message })
    return { status: answer.status, text: await answer.text() }
  }
  const send = async (said: Said = {}) => {
    const answer = await post(adtMessage(said))
    return { ...answer, code: /\rMSA\|(A.)/.exec(answer.text)?.[1] ?? '' }
  }
  return {
    ...{ ...server, admin, post, send },
    stays: () => staysOf(admin),
    keptAside: () => keptAside(admin),
    settle: (message: number, dismiss?: string) => settle(admin, message, dismiss),
  }
}

async function staysOf(admin: Caller): Promise<readonly Encounter[]> {
  const found = await admin('/fhir/Encounter?_count=200&identifier=V1,V2,V3')
  const bundle = (await found.json()) as { entry?: { resource: Encounter }[] }
  return (bundle.entry ?? []).map(({ resource }) => resource)
}

async function keptAside(admin: Caller) {
  const answer = (await (await admin('/fhir/$kept-aside')).json()) as Parameters
  return (answer.parameter ?? [])
    .filter(({ name }) => name === 'message')
    .map(({ part = [] }) => ({
      number: part.find(({ name }) => name === 'number')?.valueInteger ?? 0,
      reason: part.find(({ name }) => name === 'reason')?.valueCode,
      raw: part.find(({ name }) => name === 'raw')?.valueString ?? '',
    }))
}

async function settle(admin: Caller, message: number, dismiss?: string) {
  const named = { name: 'message', valueInteger: message }
  const why = dismiss === undefined ? [] : [{ name: 'dismiss', valueString: dismiss }]
  const json = { resourceType: 'Parameters', parameter: [named, ...why] }
  const answer = await admin('/fhir/$settle-kept-aside', { method: 'POST', json })
  return (await answer.json()) as Parameters
}
