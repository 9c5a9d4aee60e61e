import type { Bundle, Media } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { photoIdFor, photoTakenAway, photoToFhir } from '#domain/photo/about-me-photo.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import { jpegBytes, jpegPart } from '#test-support/worlds/jpeg-bytes.ts'
import { graceTeam, openCase, putRecord } from '#test-support/worlds/worse-records.ts'

const base64 = (bytes: readonly number[]) => btoa(String.fromCharCode(...bytes))
const data = base64(jpegBytes())
const photo = (more: Partial<Parameters<typeof photoToFhir>[0]> = {}) =>
  photoToFhir({ person: graceId, data, alt: 'Grace in her blue hat', agreed: '', ...more })
const path = `/fhir/Media/${photoIdFor(graceId)}`

eachStore('The picture of About me', (open) => {
  async function started(rooms: readonly string[] = ['me']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const records = [openCase, graceTeam, share(rooms, ['read', 'write'])]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    return server
  }

  test('is chosen by the person, or by a named professional who says how they said yes', async () => {
    const server = await started()
    const refused: readonly [string, number, ReturnType<typeof photo>][] = [
      ['amina', 422, photo()],
      ['chidi', 403, photo({ agreed: 'Mum nodded' })],
      ['ruth', 404, photo({ agreed: 'Yes' })],
      ['stranger', 404, photo({ agreed: 'Yes' })],
    ]
    for (const [who, status, record] of refused)
      expect((await putRecord(await server.as(who), record)).status, who).toBe(status)
    const forged = { ...photo({ agreed: 'She chose it from two' }), operator: grace }
    expect((await putRecord(await server.as('amina'), forged)).status).toBe(201)
    const kept = (await (await (await server.as('grace'))(path)).json()) as Media
    expect(kept.operator?.reference).toBe(amina.reference)
    expect(kept.createdDateTime).toBe('2026-03-02T09:00:00.000Z')
    expect((await putRecord(await server.as('grace'), photo(), 1)).status).toBe(200)
  })

  test.each<[string, object]>([
    ['is no JPEG', { content: { ...photo().content, data: btoa('<svg onload=alert(1)>') } }],
    [
      'says where it was taken',
      { content: { ...photo().content, data: base64(jpegBytes(jpegPart(0xe1, 'Exif'))) } },
    ],
    ['is called a PNG', { content: { ...photo().content, contentType: 'image/png' } }],
    [
      'is somewhere else',
      { content: { contentType: 'image/jpeg', title: 'x', url: 'https://example.org/x.jpg' } },
    ],
    ['says nothing to the blind', { content: { ...photo().content, title: ' ' } }],
    ['is the second', { id: 'photo-2' }],
    ['is not finished', { status: 'preparation' }],
  ])('is refused if it %s', async (_title, change) => {
    const server = await started()
    expect((await putRecord(await server.as('grace'), { ...photo(), ...change })).status).toBe(422)
  })

  test('is seen with About me, in no house and no list, and is gone when it is taken away', async () => {
    const server = await started(['team'])
    expect((await putRecord(await server.as('grace'), photo())).status).toBe(201)
    expect((await (await server.as('chidi'))(path)).status, 'About me is not shared').toBe(404)
    const grace = await server.as('grace')
    const body = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueId: graceId }] }
    const house = await (
      await grace('/fhir/CarePlan/$house', { method: 'POST', json: body })
    ).json()
    expect(JSON.stringify(house)).not.toContain(data)
    const own = await (await grace(`/fhir/Patient/${graceId}`)).json()
    expect(JSON.stringify(own)).not.toContain(data)
    // as the screen sends it, and with the picture still in it
    expect((await putRecord(grace, photoTakenAway(graceId), 1)).status).toBe(200)
    const away = { ...photoTakenAway(graceId), content: photo().content }
    expect((await putRecord(grace, away, 2)).status).toBe(200)
    const left = (await (
      await grace(`/fhir/Media?patient=Patient/${graceId}`)
    ).json()) as Bundle<Media>
    expect(left.entry?.map(({ resource }) => [resource?.status, resource?.content.data])).toEqual([
      ['entered-in-error', undefined],
    ])
  })
})
