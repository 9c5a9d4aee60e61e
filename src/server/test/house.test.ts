import type { Bundle, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { professionalOnly } from '#domain/access/labels/between.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { houseRecords, houseRequest } from '#domain/plan/house/house-records.ts'
import { testDay } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { annHill } from '#test-support/worlds/grace-server.ts'

const recordsIn = async (answer: Response): Promise<readonly Resource[]> =>
  ((await answer.json()) as Bundle).entry?.flatMap(({ resource }) => resource ?? []) ?? []

const named = (records: readonly Resource[]) =>
  [...new Set(records.map(({ resourceType, id }) => `${resourceType}/${id}`))].toSorted()

const asked = (patient: string) => ({ method: 'POST', json: houseRequest.write({ patient }) })

/** The same by searches, kind by kind. */
async function bySearches(call: Caller): Promise<readonly string[]> {
  const found: Resource[] = []
  const find = async (path: string) => found.push(...(await recordsIn(await call(path))))
  await find(`/fhir/Patient?_id=${graceId}`)
  for (const [type, { search = {} }] of Object.entries(houseRecords)) {
    if (type === 'Provenance') continue
    const query = new URLSearchParams({ patient: `Patient/${graceId}`, _count: '500', ...search })
    if (type === 'CareTeam') query.set('_include', 'CareTeam:participant:Practitioner')
    await find(`/fhir/${type}?${query}`)
  }
  const telephone = await call('/fhir/HealthcareService?organization=Organization/brook-surgery')
  const hours = await recordsIn(telephone)
  // which nation's holidays it keeps
  const answering = await recordsIn(await call('/fhir/Organization?_id=brook-surgery'))
  // of people the caller may see
  if (found.length > 0) found.push(...hours, ...answering)
  const history = { method: 'POST', json: houseRequest.write({ patient: graceId }) }
  found.push(...(await recordsIn(await call('/fhir/Provenance/$last-changes', history))))
  return named(found)
}

eachStore('The records of a house in one call', (open) => {
  test('are those that searches find, for everyone: a nurse, the person, a carer, and a stranger', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), annHill],
      'brook-surgery',
    )
    const note: ResourceWithId = {
      ...{ resourceType: 'Communication', id: 'between-staff', status: 'completed' },
      ...{ subject: { reference: `Patient/${graceId}` }, payload: [{ contentString: 'x' }] },
      meta: { security: [professionalOnly] },
    }
    await server.seed([note], 'brook-surgery')
    const seen: Record<string, number> = {}
    for (const identity of ['amina', 'karen', 'grace', 'chidi', 'stranger']) {
      const call = await server.as(identity)
      const found = named(await recordsIn(await call('/fhir/CarePlan/$house', asked(graceId))))
      expect(found, identity).toEqual(await bySearches(call))
      seen[identity] = found.filter((each) => !each.startsWith('Practitioner/')).length
    }
    expect(seen['stranger']).toBe(0)
    expect(seen['chidi']).toBeGreaterThan(0)
    expect(seen['chidi']).toBeLessThan(seen['amina'] ?? 0)
    expect(seen['grace']).toBeLessThan(seen['amina'] ?? 0)
    const nurse = await server.as('amina')
    const all = await recordsIn(await nurse('/fhir/CarePlan/$house', asked(graceId)))
    expect(named(all)).toContain('Communication/between-staff')
    const person = await (await server.as('grace'))('/fhir/CarePlan/$house', asked(graceId))
    expect(await person.text()).not.toContain('between-staff')
  })

  test('leave a trace, also of a stranger who finds nothing', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...demoOrganisationRecords(), ...graceRecords(testDay)], 'brook-surgery')
    await (await server.as('tom'))('/fhir/CarePlan/$house', asked(graceId))
    await (await server.as('stranger'))('/fhir/CarePlan/$house', asked(graceId))
    const log = await (await server.as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    const text = await log.text()
    expect(text).toContain('tom-price')
    expect(text).toContain('no relation to this person')
  })
})
