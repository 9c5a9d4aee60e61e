import type { Communication, Organization } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { contactToFhir } from '#domain/contact/fhir.ts'
import { withFollowUpChoice } from '#domain/discharge/follow-up-choice-of.ts'
import { stayMessageToFhir } from '#domain/discharge/stay-message.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

// Friday before the bank holiday of 31 August 2026; 17:00 in London is 16:00 UTC
const discharge = '2026-08-28T16:00:00Z'
const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}
const graceId = 'p-3f9c27d1'
const about = (id: string) => ({ reference: `Patient/${id}` })
const person = (id: string): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1943-02-12' },
  name: [{ family: 'Begum', given: ['Rahima'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})
const stay = (id: string, who: string, end?: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id, status: end ? 'finished' : 'in-progress' },
  ...{ class: { code: 'IMP' }, subject: about(who) },
  period: { start: '2026-08-22T09:00:00Z', ...(end ? { end } : {}) },
  reasonCode: [{ text: 'Chest infection' }],
})
const records: readonly ResourceWithId[] = [
  { resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
  ...[person('rahima'), person('other'), person(graceId)],
  ...[stay('home', 'rahima', discharge), stay('ward', 'other')],
  stay('grace', graceId, discharge),
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case', status: 'active', patient: about('rahima') },
    ...{ period: { start: '2026-01-05' } },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-2', status: 'active', patient: about('other') },
    ...{ period: { start: '2026-01-05' } },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  },
]
const call = (at: string, more: Partial<Parameters<typeof contactToFhir>[0]> = {}) =>
  contactToFhir({
    ...{ id: `call-${Date.parse(at)}`, person: 'rahima', way: 'call', reached: true },
    ...{ words: 'Tired, but glad of my own bed.', by: amina, at, stay: 'home' },
    ...more,
  })

eachStore('Home from hospital', (open) => {
  async function started(now: string) {
    const server = await openHandler({ sql: (await open()).sql, now: new Date(now) })
    await server.seed(records, 'brook-surgery')
    const as = async (who: string) => await server.as(who)
    const put = async (who: string, record: ResourceWithId, version?: string | null) =>
      await (await as(who))(`/fhir/${record.resourceType}/${record.id}`, {
        ...{ method: 'PUT', json: record },
        headers: version ? { 'If-Match': version } : { 'If-None-Match': '*' },
      })
    const today = async () => {
      const answer = await (await as('amina'))('/fhir/$today')
      return todayParameters.read(await answer.json()).items
    }
    return { as, put, today }
  }
  const said = async (answer: Response) =>
    [answer.status, (await answer.json()).issue?.[0]?.details?.text ?? ''] as const

  test('somebody discharged at 17:00 on Friday before a bank holiday is to be called by Sunday, 17:00, by the coordinator', async () => {
    const { today } = await started('2026-08-28T16:30:00Z')
    const items = await today()
    expect(items.find(({ kind }) => kind === 'home')).toMatchObject({
      ...{ person: 'rahima', due: '2026-08-30T16:00:00.000Z', since: discharge },
      owner: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' },
    })
    expect(items.find(({ kind }) => kind === 'admitted')).toBeUndefined()
  })

  test('an admission is told at once, with one owner', async () => {
    const { today } = await started('2026-08-23T09:00:00Z')
    expect((await today()).find(({ person: who }) => who === 'other')).toMatchObject({
      ...{ kind: 'admitted', owner: { name: 'Amina Yusuf' } },
    })
  })

  test('the tries are counted, and the row goes when somebody is reached', async () => {
    const { put, today } = await started('2026-08-29T12:00:00Z')
    const row = async () => (await today()).find(({ kind }) => kind === 'home')
    await put('amina', call('2026-08-29T09:00:00Z', { reached: false }))
    expect((await row())?.detail).toBe('tried-1')
    await put('amina', call('2026-08-29T11:00:00Z', { reached: false }))
    expect((await row())?.detail).toBe('tried-2')
    expect((await put('amina', call('2026-08-29T11:30:00Z'))).status).toBe(201)
    expect(await row()).toBeUndefined()
  })

  test('a call after a stay comes after it, is not in the future, and names a stay of this person', async () => {
    const { put } = await started('2026-08-29T12:00:00Z')
    expect(await said(await put('amina', call('2026-08-28T15:59:00Z')))).toEqual([
      422,
      'This call is before the person left hospital',
    ])
    expect(await said(await put('amina', call('2026-08-29T13:00:00Z')))).toEqual([
      422,
      'This call is in the future',
    ])
    const another = call('2026-08-29T11:00:00Z', { stay: 'ward' })
    expect(await said(await put('amina', another))).toEqual([
      422,
      'This stay in hospital is not in the person’s record',
    ])
    const onWard = call('2026-08-29T11:00:00Z', { stay: 'ward', person: 'other' })
    expect((await put('amina', onWard)).status).toBe(422)
  })

  test('a call is written down in one’s own name, and not by the person', async () => {
    const { put } = await started('2026-08-29T12:00:00Z')
    const made = call('2026-08-29T11:00:00Z')
    expect((await put('patel', made)).status).toBe(403)
    const by: Who = { reference: `Patient/${graceId}`, name: 'Grace', voice: 'person' }
    const own = call('2026-08-29T11:10:00Z', { person: graceId, stay: 'grace', by })
    expect((await put('grace', own)).status).toBe(403)
    expect((await put('amina', { ...made, payload: undefined } as never)).status).toBe(201)
  })

  test('what was said in a call stays: it is only marked as an error', async () => {
    const { put } = await started('2026-08-29T12:00:00Z')
    const first = await put('amina', call('2026-08-29T11:00:00Z'))
    const kept = (await first.json()) as Communication & { id: string }
    const etag = first.headers.get('ETag')
    const reworded = { ...kept, payload: [{ contentString: 'All fine' }] }
    expect((await put('amina', reworded, etag)).status).toBe(403)
    expect((await put('amina', { ...kept, status: 'entered-in-error' }, etag)).status).toBe(200)
  })

  test('the day on which somebody is expected home is after the admission, says who said it, and only while they are in', async () => {
    const { put } = await started('2026-08-24T12:00:00Z')
    const expected = (more: Partial<Parameters<typeof stayMessageToFhir>[0]>) =>
      stayMessageToFhir({
        ...{ id: crypto.randomUUID(), kind: 'expected-discharge', person: 'other', stay: 'ward' },
        ...{ words: 'Shauna Reid, Ward 4', on: '2026-08-28', by: amina },
        ...{ at: '2026-08-24T12:00:00Z', ...more },
      })
    expect((await put('amina', expected({}))).status).toBe(201)
    expect((await put('amina', expected({ on: '2026-08-21' }))).status).toBe(422)
    expect((await put('amina', expected({ words: ' ' }))).status).toBe(422)
    expect((await put('amina', expected({ person: 'rahima', stay: 'home' }))).status).toBe(422)
  })

  test('an administrator chooses by when to call, and nobody else', async () => {
    const { as, put, today } = await started('2026-08-28T16:30:00Z')
    const read = await (await as('admin'))('/fhir/Organization/brook-surgery')
    const found = (await read.json()) as Organization & { id: string }
    const etag = read.headers.get('ETag')
    const chosen = withFollowUpChoice(found, { rule: 'TCM-7', calendar: 'scotland' })
    expect((await put('amina', chosen, etag)).status).toBe(403)
    const wrong = withFollowUpChoice(found, { rule: 'TCM-9' as 'TCM-7', calendar: 'scotland' })
    expect((await put('admin', wrong, etag)).status).toBe(422)
    expect((await put('admin', chosen, etag)).status).toBe(200)
    // Monday and Tuesday: 31 August is no holiday in Scotland
    expect((await today()).find(({ kind }) => kind === 'home')?.due).toBe(
      '2026-09-01T23:00:00.000Z',
    )
  })

  test('after two tries in time, and a call, TCM still asks for the visit', async () => {
    const { as, put, today } = await started('2026-09-02T12:00:00Z')
    const read = await (await as('admin'))('/fhir/Organization/brook-surgery')
    const found = (await read.json()) as Organization & { id: string }
    await put(
      'admin',
      withFollowUpChoice(found, { rule: 'TCM-7', calendar: 'england-and-wales' }),
      read.headers.get('ETag'),
    )
    const row = async () => (await today()).find(({ kind }) => kind === 'home')
    await put('amina', call('2026-09-01T09:00:00Z', { reached: false }))
    await put('amina', call('2026-09-02T09:00:00Z', { reached: false }))
    expect((await row())?.detail).toBe('attempted-2')
    await put('amina', call('2026-09-02T11:00:00Z'))
    expect(await row()).toMatchObject({ detail: 'visit', due: '2026-09-04' })
    await put('amina', call('2026-09-02T11:30:00Z', { way: 'visit' }))
    expect(await row()).toBeUndefined()
  })

  test('a call is about one stay, and not about one before the last', async () => {
    const { put } = await started('2026-08-30T12:00:00Z')
    const again: ResourceWithId = {
      ...stay('again', 'rahima', '2026-08-30T08:00:00Z'),
      ...{ class: { code: 'OBSENC' } },
      period: { start: '2026-08-29T10:00:00Z', end: '2026-08-30T08:00:00Z' },
    } as ResourceWithId
    expect((await put('admin', again)).status).toBe(201)
    // before the new stay it was a call after the old one
    expect((await put('amina', call('2026-08-29T09:00:00Z'))).status).toBe(201)
    const late = call('2026-08-30T09:00:00Z')
    expect(await said(await put('amina', late))).toEqual([
      422,
      'The person was in hospital again before this call. Write it down with that stay',
    ])
    expect((await put('amina', call('2026-08-30T09:00:00Z', { stay: 'again' }))).status).toBe(201)
    const both = { ...late, about: [...(late.about ?? []), { reference: 'Encounter/again' }] }
    expect(await said(await put('amina', { ...both, id: 'both' }))).toEqual([
      422,
      'Name one stay in hospital, and nothing else',
    ])
    const dated = { ...call('2026-08-30T10:00:00Z', { stay: 'again' }), sent: '2026-08-30' }
    expect((await put('amina', dated)).status).toBe(422)
  })

  test('nobody deletes a call after a stay, the day somebody is expected home, or the ward’s page', async () => {
    const { as, put } = await started('2026-08-29T12:00:00Z')
    const message = { words: 'Ward 4', by: amina, at: '2026-08-29T11:00:00Z' }
    const kept = [
      call('2026-08-29T11:00:00Z'),
      call('2026-08-29T11:10:00Z', { reached: false }),
      stayMessageToFhir({
        ...{ id: 'expected', kind: 'expected-discharge', person: 'other', stay: 'ward' },
        ...{ ...message, on: '2026-09-02' },
      }),
      stayMessageToFhir({
        ...{ id: 'sheet', kind: 'ward-sheet', person: 'other', stay: 'ward', ...message },
      }),
    ]
    for (const each of kept) {
      expect((await put('amina', each)).status).toBe(201)
      const path = `/fhir/Communication/${each.id}`
      expect((await (await as('amina'))(path, { method: 'DELETE' })).status).toBe(403)
      expect((await (await as('amina'))(path)).status).toBe(200)
    }
  })

  test('a visit after the discharge that is in the record is the visit TCM asks for, and an observation stay is a stay', async () => {
    const { as, put, today } = await started('2026-09-02T12:00:00Z')
    const read = await (await as('admin'))('/fhir/Organization/brook-surgery')
    const found = (await read.json()) as Organization & { id: string }
    const chosen = { rule: 'TCM-7', calendar: 'england-and-wales' } as const
    await put('admin', withFollowUpChoice(found, chosen), read.headers.get('ETag'))
    const row = async () => (await today()).find(({ kind }) => kind === 'home')
    await put('amina', call('2026-09-01T09:00:00Z'))
    expect(await row()).toMatchObject({ detail: 'visit' })
    const visit = (id: string, code: string, status: string) =>
      ({
        ...{ resourceType: 'Encounter', id, status, class: { code }, subject: about('rahima') },
        period: { start: '2026-09-02T09:00:00Z', end: '2026-09-02T09:30:00Z' },
      }) as ResourceWithId
    await put('admin', visit('planned', 'HH', 'planned'))
    await put('admin', visit('video', 'VR', 'finished'))
    expect(await row()).toMatchObject({ detail: 'visit' })
    expect((await put('admin', visit('seen', 'HH', 'finished'))).status).toBe(201)
    expect(await row()).toBeUndefined()
    const observed = { ...visit('observed', 'OBSENC', 'finished') } as ResourceWithId
    expect((await put('admin', observed)).status).toBe(201)
    expect(await row()).toMatchObject({ reference: 'Encounter/observed' })
  })
})
