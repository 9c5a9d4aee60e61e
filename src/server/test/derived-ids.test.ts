import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { scoreIdFor } from '#domain/assessment/record.ts'
import { carerSharesToFhir } from '#domain/carer/carer-shares.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { photoIdFor, photoToFhir } from '#domain/photo/about-me-photo.ts'
import { aftercareIdFor, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
import { carerIllIdFor } from '#domain/plan/worse/carer-ill.ts'
import { preparationIdFor } from '#domain/preparation/preparation.ts'
import { suggestionId } from '#domain/suggestion/suggestion.ts'
import { shortId } from '#server/assessment/given-answers.ts'
import { sha256Hex } from '#server/sha256.ts'
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
const asked = { resourceType: 'Task', status: 'requested', intent: 'order', for: thief }
const need = { resourceType: 'Condition', subject: thief, code: { text: 'x' } }
const message = {
  ...{ resourceType: 'Communication', status: 'completed', subject: thief, sender: amina },
}
const caseOf = { resourceType: 'EpisodeOfCare', status: 'active', patient: thief }
const consent = {
  ...{ resourceType: 'Consent', status: 'inactive', scope: { text: 'x' }, patient: thief },
  ...{ category: [{ text: 'x' }], policyRule: { text: 'x' } },
}
const longId = (letter: string) => `long-${letter.repeat(57)}`
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
  { ...flag, id: 'safety-answers-1' },
  { ...flag, id: 'safety-answers-1-2' },
  { ...asked, id: 'low-mood-answers-1' },
  { ...asked, id: 'frailty-review-answers-1' },
  { ...need, id: 'need-first-1' },
  { ...consent, id: `carer-shares-${relative}` },
  { ...message, id: `carer-ended-${relative}` },
  { ...message, id: 'letter-meeting-1' },
  { ...caseOf, id: `case-${sha256Hex(`case/${graceId}/0`).slice(0, 32)}` },
  // ids that would have more than 64 characters are cut, or replaced by their hash
  { ...media, id: photoIdFor(longId('p')) },
  { ...flag, id: carerIllIdFor(`RelatedPerson/${longId('r')}`, '2026-03-02') },
  { ...response, id: preparationIdFor(`Patient/${longId('p')}`, '2026-04-01') },
  { ...note, id: shortId(scoreIdFor(longId('a'))) },
  { ...asked, id: shortId(suggestionId('low-mood', longId('a'))) },
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
      { ...note, id: 'first-1', subject: grace },
      {
        ...{ resourceType: 'Appointment', id: 'meeting-1', status: 'booked' },
        participant: [{ actor: grace, status: 'accepted' }],
      },
      { resourceType: 'Patient', id: longId('p'), name: [{ family: 'Long' }] },
      { resourceType: 'RelatedPerson', id: longId('r'), active: true, patient: grace },
      { ...response, id: longId('a'), subject: grace },
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
      expect(await answered.text()).toContain('This id is the place of another record')
      expect(answered.status).toBe(422)
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
      { ...message, id: 'letter-meeting-1', subject: grace },
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

  test('is not taken where the service puts a hospital stay, or what a carer’s illness sets off', async () => {
    const server = await started()
    const staff = await server.as('amina')
    const stay = {
      ...{ resourceType: 'Encounter', status: 'finished', subject: thief },
      class: { code: 'IMP' },
    }
    const hash = '0a'.repeat(20)
    expect((await putRecord(staff, { ...stay, id: `adt-${hash}` })).status).toBe(422)
    expect((await putRecord(staff, { ...asked, id: `ill-${hash}` })).status).toBe(422)
    expect((await putRecord(staff, { ...stay, id: 'adt-1' })).status).toBe(201)
  })

  test('of what a carer shows is in the record of the person who has the carer’s number, and nowhere else', async () => {
    const server = await started()
    const identifier = [{ system: nhsNumberSystem, value: '9990548609' }]
    const own = { resourceType: 'Patient', id: 'own', identifier, name: [{ family: 'Own' }] }
    const carer = { resourceType: 'RelatedPerson', id: 'with-number', patient: grace, identifier }
    await server.seed([own, carer] as never, 'brook-surgery')
    const shares = { 'person-cared-for': [], 'their-team': [] }
    const at = '2026-03-02T09:00:00Z'
    const shown = (person: string) =>
      carerSharesToFhir({ person, carer: 'with-number', shares, at })
    const staff = await server.as('amina')
    for (const person of ['thief', graceId])
      expect((await putRecord(staff, shown(person))).status, person).toBe(422)
    const other = { ...shown('own'), category: [{ text: 'other' }] }
    expect((await putRecord(staff, other)).status, 'of another kind').toBe(422)
    expect((await putRecord(staff, shown('own'))).status).not.toBe(422)
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
