import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { photoIdFor, photoToFhir } from '#domain/photo/about-me-photo.ts'
import { aftercareIdFor, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
import { preparationIdFor } from '#domain/preparation/preparation.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import { jpegBytes } from '#test-support/worlds/jpeg-bytes.ts'
import { graceTeam, openCase, putRecord } from '#test-support/worlds/worse-records.ts'

const relative = chidi.reference.split('/')[1] ?? ''
const thief = { reference: 'Patient/thief' }
const data = btoa(String.fromCharCode(...jpegBytes()))
const response = { resourceType: 'QuestionnaireResponse', status: 'completed', subject: thief }
const note = { resourceType: 'Observation', status: 'final', subject: thief, code: { text: 'x' } }
const flag = { resourceType: 'Flag', status: 'active', subject: thief, code: { text: 'x' } }
const plan = { resourceType: 'CarePlan', status: 'active', intent: 'plan', subject: thief }
const media = {
  resourceType: 'Media',
  status: 'completed',
  subject: thief,
  content: { title: 'x' },
}

/** What somebody could put, in a record of their own, where a record of Grace belongs. */
const taken: readonly Readonly<{ id: string; resourceType: string }>[] = [
  { ...media, id: photoIdFor(graceId) },
  { ...flag, id: aftercareIdFor(graceId) },
  { ...flag, id: `ill-2026-03-02-${relative}` },
  { ...flag, id: 'alert-stay-1' },
  { ...note, id: `about-${graceId}-communicate` },
  { ...note, id: `wish-place-${graceId}` },
  { ...note, id: 'score-answers-1' },
  { ...plan, id: `plan-${openCase.id}` },
  { ...plan, id: `whatif-${openCase.id}` },
  { ...response, id: preparationIdFor(grace.reference, '2026-04-01') },
  { ...response, id: preparationIdFor(chidi.reference, '2026-04-01') },
  { ...response, id: 'after-talk-1' },
] as const

eachStore('An id that is made from a record', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const own = { resourceType: 'Patient', id: 'thief', active: true }
    const made = [
      { resourceType: 'RelatedPerson', id: relative, active: true, patient: grace },
      { resourceType: 'Encounter', id: 'stay-1', status: 'finished', class: {}, subject: grace },
      { ...response, id: 'answers-1', subject: grace },
      { resourceType: 'Communication', id: 'talk-1', status: 'completed', subject: grace },
    ]
    const records = [openCase, graceTeam, share(['me'], ['read', 'write']), own, ...made]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    return server
  }

  test.each(taken.map((each) => [`${each.resourceType}/${each.id}`, each] as const))(
    'is not taken for the record of another person: %s',
    async (_name, record) => {
      const server = await started()
      const staff = await server.as('amina')
      const answered = await putRecord(staff, record)
      expect(answered.status, await answered.text()).toBe(422)
      const gone = await (await server.as('admin'))(`/fhir/${record.resourceType}/${record.id}`)
      expect(gone.status).toBe(404)
      const json = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: record }] }
      await (await server.as('admin'))('/fhir/$import', { method: 'POST', json })
      const brought = await (await server.as('admin'))(`/fhir/${record.resourceType}/${record.id}`)
      expect(brought.status, 'nor by an import').toBe(404)
    },
  )

  test('is not taken by another kind of record of the same person', async () => {
    const server = await started()
    const staff = await server.as('amina')
    for (const each of [
      { ...media, id: photoIdFor(graceId), subject: grace },
      { ...flag, id: aftercareIdFor(graceId), subject: grace },
      { ...response, id: preparationIdFor(grace.reference, '2026-04-01'), subject: grace },
    ])
      expect((await putRecord(staff, each)).status, each.id).toBe(422)
  })

  test('is not taken where a template will put its suggestion', async () => {
    const server = await started()
    const task = { resourceType: 'Task', status: 'requested', intent: 'order', for: thief }
    const staff = await server.as('amina')
    const id = `item-${'a'.repeat(40)}`
    expect((await putRecord(staff, { ...task, id })).status).toBe(403)
    expect((await putRecord(staff, { ...task, id: 'item-7' })).status).toBe(201)
  })

  test('stays free for what belongs there, after every try to take it', async () => {
    const server = await started()
    const staff = await server.as('amina')
    for (const each of taken) await putRecord(staff, each)
    const picture = photoToFhir({ person: graceId, data, alt: 'Grace in her hat', agreed: '' })
    expect((await putRecord(await server.as('grace'), picture)).status).toBe(201)
    const right = aftercareKind.toFhir({
      ...{ id: aftercareIdFor(graceId), person: graceId, since: '2025-01-01', what: 'Visits' },
      ...{ authority: 'Riverside', board: 'Brook board', reviewedOn: '', endedOn: '' },
      written: { by: { ...amina, name: 'Amina Yusuf', voice: 'professional' }, at: '2026-03-02' },
    })
    expect((await putRecord(staff, right)).status).toBe(201)
  })

  test('is free where nothing of that name is here: other systems number their records so', async () => {
    const server = await started()
    const staff = await server.as('amina')
    expect((await putRecord(staff, { ...note, id: 'score-77' })).status).toBe(201)
    expect((await putRecord(staff, { ...plan, id: 'plan-77' })).status).toBe(201)
  })
})
