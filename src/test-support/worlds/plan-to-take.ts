import type { Bundle, CarePlan } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { type Caller, type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import type { Opened } from '#test-support/servers/stores.ts'

const codes = 'https://gable.example/codes'
const grace = { reference: `Patient/${graceId}` }
export const planId = 'plan-case-3f9c27d1'
export const documentPath = `/fhir/CarePlan/${planId}/$document`
export const today = '2026-03-02'

export type Words = Readonly<Record<string, string>>
export const asking = (words: Words = {}) => ({
  method: 'POST',
  json: {
    resourceType: 'Parameters',
    parameter: Object.entries(words).map(([name, valueString]) => ({ name, valueString })),
  },
})
export const full = { copy: 'full', reason: 'for the clinic in Elsewhere' }
type Open = () => Promise<Opened>
/** A Gable with staff and practices, and nobody who is cared for. */
export async function emptyGable(open: Open): Promise<OpenHandler> {
  const { sql } = await open()
  const server = await openHandler({ sql })
  await server.seed([...demoOrganisationRecords()])
  return server
}
export async function livedGable(open: Open): Promise<OpenHandler> {
  const server = await emptyGable(open)
  await server.seed([...graceRecords(today)], 'brook-surgery')
  return server
}
export async function change(call: Caller, name: string, more: () => object): Promise<void> {
  const record = await (await call(`/fhir/${name}`)).json()
  const answer = await call(`/fhir/${name}`, {
    method: 'PUT',
    json: { ...record, ...more() },
    headers: { 'If-Match': `W/"${record.meta.versionId}"` },
  })
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
}
/** Two authors write, a carer comments, and the person says yes to the version of that moment. */
export async function liveALittle(
  server: OpenHandler,
  words = 'I want to walk to church <slowly> & back',
): Promise<void> {
  const [amina, hers, his] = await Promise.all(['amina', 'grace', 'chidi'].map(server.as))
  if (!amina || !hers || !his) throw new Error('nobody is there')
  await change(hers, 'Goal/goal-g1', () => ({ description: { text: words } }))
  await change(amina, 'Condition/need-g1', () => ({ code: { text: 'Breathless on the stairs' } }))
  await change(amina, 'Goal/goal-g2', () => ({
    description: { text: 'She wants to sleep until six' },
  }))
  await his('/fhir/Communication/said-1', {
    method: 'PUT',
    json: {
      ...{ resourceType: 'Communication', status: 'completed', id: 'said-1', subject: grace },
      category: [{ coding: [{ system: codes, code: 'comment' }] }],
      about: [{ reference: 'Goal/goal-g1' }],
      sender: { reference: 'RelatedPerson/r-8b51e604', display: 'Chidi Okafor' },
      ...{ sent: '2026-03-01T18:00:00Z', payload: [{ contentString: 'I can drive on Sundays' }] },
    },
  })
  const plan = (await (await hers(`/fhir/CarePlan/${planId}`)).json()) as CarePlan
  const said = await hers('/fhir/Provenance', {
    method: 'POST',
    json: {
      resourceType: 'Provenance',
      target: [{ reference: `CarePlan/${planId}/_history/${plan.meta?.versionId}` }, grace],
      ...{ recorded: '2026-03-02T09:00:00Z', agent: [{ who: grace }] },
      activity: { coding: [{ system: codes, code: 'agree' }] },
      extension: [{ url: 'https://gable.example/fhir/words', valueString: 'Yes, this is right' }],
    },
  })
  expect(said.status).toBe(201)
}
export async function documentOf(call: Caller, words: Words = full): Promise<Bundle> {
  const answer = await call(documentPath, asking(words))
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as Bundle
}
