import type { Communication } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const subject = { reference: `Patient/${graceId}` }
const karen = { reference: 'Practitioner/karen-lee' }

const easy = (about: string, more: object = {}) => ({
  ...{ resourceType: 'Communication', id: 'easy-1', status: 'completed', subject },
  category: [{ coding: [{ system: codes, code: 'easy-read' }] }],
  ...{ about: [{ reference: about }], sender: karen, sent: '2026-03-02T09:00:00Z' },
  payload: [{ contentString: 'I sleep until 5.' }],
  ...more,
})

const retold = ({ extension }: Communication) =>
  extension?.find(({ url }) => url.endsWith('/easy-retold'))?.valueString

eachStore('Easy words for what a plan says', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    const records = [...graceRecords('2026-03-02')].filter(({ id }) => !id.startsWith('easy-'))
    await server.seed([...demoOrganisationRecords(), ...records], 'brook-surgery')
    const put = async (who: string, json: object) =>
      await (await server.as(who))('/fhir/Communication/easy-1', { method: 'PUT', json })
    return { server, put }
  }

  test('are kept with the text that they retell, whatever their writer claims', async () => {
    const { server, put } = await started()
    const claim = [{ url: 'https://gable.example/fhir/easy-retold', valueString: 'anything' }]
    const answer = await put('karen', easy('Goal/goal-g2', { extension: claim }))
    expect(answer.status, await answer.clone().text()).toBe(201)
    const stored = (await (
      await (
        await server.as('grace')
      )('/fhir/Communication/easy-1')
    ).json()) as Communication
    expect(retold(stored)).toBe('I want to sleep past five.')
    expect(stored.about).toEqual([{ reference: 'Goal/goal-g2/_history/1' }])
  })

  test.each<[what: string, who: string, json: object, status: number]>([
    ['in another’s name', 'amina', easy('Goal/goal-g2'), 403],
    ['of an older version', 'karen', easy('Goal/goal-g2/_history/7'), 409],
    ['of nothing', 'karen', easy('Goal/none'), 422],
    [
      'of two records',
      'karen',
      easy('Goal/goal-g2', {
        about: [{ reference: 'Goal/goal-g1' }, { reference: 'Goal/goal-g2' }],
      }),
      422,
    ],
    ['without words', 'karen', easy('Goal/goal-g2', { payload: [] }), 422],
    [
      'by a stranger',
      'stranger',
      easy('Goal/goal-g2', { sender: { reference: 'Practitioner/stranger' } }),
      403,
    ],
  ])('are refused %s', async (_what, who, json, status) => {
    const { put } = await started()
    const answer = await put(who, json)
    expect([status, status === 403 ? 404 : status]).toContain(answer.status)
  })

  test('are seen by whoever may see what they retell, and by nobody else', async () => {
    const { server, put } = await started()
    await server.seed([{ ...share(['roof'], ['read']), id: 'consent-g1' }])
    const sees = async (id = 'easy-1') =>
      (await (await server.as('chidi'))(`/fhir/Communication/${id}`)).status
    expect((await put('karen', easy('Goal/goal-g2'))).status).toBe(201)
    expect(await sees()).toBe(404)
    const amber = [{ url: 'https://gable.example/fhir/easy-detail', valueString: 'amber' }]
    const roof = easy('CarePlan/whatif-case-3f9c27d1', { id: 'easy-2', extension: amber })
    const call = await server.as('karen')
    const answer = await call('/fhir/Communication/easy-2', { method: 'PUT', json: roof })
    expect(answer.status, await answer.clone().text()).toBe(201)
    expect(await sees('easy-2')).toBe(200)
  })

  test('stay as they were written, and can be taken back by their writer', async () => {
    const { server, put } = await started()
    await put('karen', easy('Goal/goal-g2'))
    const call = await server.as('karen')
    const again = async (more: object, version: number) =>
      await call('/fhir/Communication/easy-1', {
        method: 'PUT',
        json: easy('Goal/goal-g2', more),
        headers: { 'If-Match': `W/"${version}"` },
      })
    await again({ payload: [{ contentString: 'I take 40 pills.' }] }, 1)
    const stored = await (await call('/fhir/Communication/easy-1')).json()
    expect(stored.payload).toEqual([{ contentString: 'I sleep until 5.' }])
    const version = Number(stored.meta.versionId)
    expect((await again({ status: 'entered-in-error' }, version)).status).toBe(200)
    expect((await (await call('/fhir/Communication/easy-1')).json()).status).toBe(
      'entered-in-error',
    )
  })
})
