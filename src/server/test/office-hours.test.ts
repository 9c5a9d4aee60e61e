import type { HealthcareService } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { withFollowUpChoice } from '#domain/discharge/follow-up-choice-of.ts'
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

  test('is written down by a manager for their own organisation: its hours, its number, and nothing else', async () => {
    const server = await started()
    await server.seed([
      {
        ...{ resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
        telecom: [{ system: 'phone', value: '01632 960100' }],
      },
    ])
    const as = async (json: object, etag?: string | null) =>
      (await put(server, 'ruth', json, etag)).status
    expect(
      await as({ ...service, providedBy: { reference: 'Organization/riverside-council' } }),
    ).toBe(403)
    expect(await as({ ...service, comment: 'Best service in town' })).toBe(403)
    expect(await as({ ...service, telecom: [{ system: 'phone', value: '01632 960999' }] })).toBe(
      422,
    )
    const first = await put(server, 'ruth', service)
    expect(first.status, await first.clone().text()).toBe(201)
    const etag = first.headers.get('ETag')
    const later = { ...service, availableTime: [{ allDay: true }] }
    for (const other of [
      { ...later, telecom: [{ system: 'phone', value: '01632 960999' }] },
      { ...later, providedBy: { reference: 'Organization/riverside-council' } },
      { ...later, active: false },
      { ...later, category: [{ coding: [{ code: 'directory-service' }] }] },
    ])
      expect(await as(other, etag)).toBe(403)
    const wrong = { ...service, availableTime: [{ availableStartTime: '18:00:00' }] }
    expect(await as(wrong, etag)).toBe(422)
    expect(await as(later, etag)).toBe(200)
    const ruth = await server.as('ruth')
    const gone = await ruth('/fhir/HealthcareService/brook-telephone', { method: 'DELETE' })
    expect(gone.status).toBe(403)
  })

  test('A manager chooses whose bank holidays their own organisation keeps, and changes nothing else of it', async () => {
    const server = await started()
    const admin = await server.as('admin')
    const ruth = await server.as('ruth')
    for (const id of ['brook-surgery', 'riverside-council']) {
      const organisation = {
        ...{ resourceType: 'Organization' as const, id, name: 'An organisation', active: true },
        telecom: [{ system: 'phone' as const, value: '01632 960100' }],
      }
      const path = `/fhir/Organization/${id}`
      const stood = await admin(path)
      const headers = stood.ok ? { 'If-Match': stood.headers.get('ETag') ?? '' } : {}
      const made = await admin(path, { method: 'PUT', json: organisation, headers })
      const chosen = withFollowUpChoice(organisation, { rule: 'NHS-48h', calendar: 'scotland' })
      const ifMatch = { 'If-Match': made.headers.get('ETag') ?? '' }
      const as = async (json: object) =>
        (await ruth(path, { method: 'PUT', json, headers: ifMatch })).status
      expect(await as({ ...chosen, name: 'Another name' })).toBe(403)
      expect(await as(chosen)).toBe(id === 'brook-surgery' ? 200 : 403)
    }
  })

  test('is written down by an administrator, and not by who cares there', async () => {
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
