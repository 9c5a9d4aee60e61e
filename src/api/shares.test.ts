import type { CareTeam } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#api/seed/identities.ts'
import { amina, grace, share, standing } from '#testing/grace-records.ts'
import { openHandler } from '#testing/handler.ts'
import { eachStore } from '#testing/stores.ts'

const team: CareTeam & { id: string } = {
  resourceType: 'CareTeam',
  id: 'team',
  status: 'active',
  subject: grace,
  participant: [{ member: amina }],
}
const given = { ...share(['me'], ['read']), performer: [grace] }
const longer = { ...share(['me'], ['read'], '2199-01-01'), performer: [grace] }
const writtenDown = {
  ...given,
  extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }],
}

eachStore('What a person shares', (open) => {
  async function started() {
    const { sql } = await open()
    const house = await openHandler({ sql })
    await house.seed([...standing, team], 'brook-surgery')
    const sent = async (who: string, json: object, version?: number) => {
      const headers: HeadersInit = version ? { 'If-Match': `W/"${version}"` } : {}
      const call = await house.as(who)
      return (await call('/fhir/Consent/share', { method: 'PUT', headers, json })).status
    }
    const chidiSees = async () =>
      (await (await house.as('chidi'))(`/fhir/Patient/${graceId}`)).status === 200
    return { sent, chidiSees }
  }

  test('is hers to give; a professional who is named writes it down for her, saying so', async () => {
    const { sent, chidiSees } = await started()
    expect(await sent('patel', writtenDown)).toBe(403)
    expect(await sent('amina', given)).toBe(403)
    expect(await sent('chidi', given)).toBe(404)
    expect(await chidiSees()).toBe(false)
    expect(await sent('amina', writtenDown)).toBe(201)
    expect(await chidiSees()).toBe(true)
    expect(await sent('grace', { ...given, status: 'inactive' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(false)
  })

  test('any professional who knows her may end it, and nobody opens it again for her', async () => {
    const { sent, chidiSees } = await started()
    expect(await sent('grace', given)).toBe(201)
    expect(await chidiSees()).toBe(true)
    expect(await sent('patel', longer, 1)).toBe(403)
    expect(await sent('patel', { ...given, status: 'inactive' }, 1)).toBe(200)
    expect(await chidiSees()).toBe(false)
    expect(await sent('patel', given, 2)).toBe(403)
    expect(await sent('amina', given, 2)).toBe(403)
  })
})
