import type { HealthcareService } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const service: HealthcareService & { id: string } = {
  ...{ resourceType: 'HealthcareService', id: 'brook-telephone', active: true },
  providedBy: { reference: 'Organization/brook-surgery' },
  telecom: [{ system: 'phone', value: '01632 960100' }],
  availableTime: [
    { daysOfWeek: ['mon'], availableStartTime: '08:00:00', availableEndTime: '18:30:00' },
  ],
}

eachStore('When a telephone is answered', (open) => {
  const started = async () => await openHandler({ sql: (await open()).sql })
  type Server = Awaited<ReturnType<typeof started>>
  const put = async (server: Server, who: string, json: object, etag?: string | null) =>
    await (await server.as(who))('/fhir/HealthcareService/brook-telephone', {
      ...{ method: 'PUT', json },
      ...(etag ? { headers: { 'If-Match': etag } } : {}),
    })

  test('is written down by an administrator, and by nobody else', async () => {
    const server = await started()
    expect((await put(server, 'amina', service)).status).toBe(403)
    const first = await put(server, 'admin', service)
    expect(first.status).toBe(201)
    const later = { ...service, availableTime: [{ allDay: true }] }
    expect((await put(server, 'amina', later, first.headers.get('ETag'))).status).toBe(403)
    expect((await put(server, 'admin', later, first.headers.get('ETag'))).status).toBe(200)
  })

  test.each([
    [
      'an end before the beginning',
      { availableStartTime: '18:00:00', availableEndTime: '08:00:00' },
    ],
    ['a time without its end', { availableStartTime: '18:00:00' }],
  ])('is not taken with %s', async (_title, time) => {
    const server = await started()
    const wrong = { ...service, availableTime: [{ daysOfWeek: ['mon'], ...time }] }
    const answer = await put(server, 'admin', wrong)
    expect(answer.status).toBe(422)
    expect((await answer.json()).issue[0].expression).toEqual(['HealthcareService.availableTime'])
  })
})
