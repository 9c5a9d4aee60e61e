import type { HealthcareService, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { directoryServiceFrom } from '#domain/directory/is-directory-service.ts'
import {
  importServicesAnswer,
  importServicesRequest,
  saveServiceRequest,
} from '#domain/directory/save-service-request.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { meetingPeople } from '#test-support/worlds/meeting-world.ts'

const now = new Date('2026-03-10T09:00:00Z')
const club = {
  ...{ id: 'svc-1', name: 'Lunch club', provider: 'Brook hall', what: 'Lunch and company' },
  ...{ areas: ['Riverside'], waitingWeeks: 0, eligibility: 'Anybody over 60', isSocial: true },
  ...{ howToRefer: 'Call and ask for Jo', phone: '01632 960 417', isEnded: false },
  checkedOn: '2026-03-09',
}
const csv = [
  'name,how to refer,provider,what,area,waiting weeks,eligibility,telephone,social,last checked',
  'Walking group,Come to the gate,Park friends,A slow walk,Riverside; Brook,0,Anybody,,yes,2026-03-01',
  'Night sitters,,Brightway,,,,,,,',
  'Foot clinic,Form on paper,Trust,,,soon,,,,',
  'Foot clinic,Form on paper,Trust,,,6,,,,2099-01-01',
  'Foot clinic,Form on paper,Trust,,,6,,,,',
  'walking group,Come to the gate,Park Friends,,,,,,,',
].join('\n')

eachStore('The directory of services', (open) => {
  async function begin() {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed(meetingPeople, 'brook-surgery')
    const post = async (who: Caller, name: string, json: Parameters) =>
      await who(`/fhir/HealthcareService/$${name}`, { method: 'POST', json })
    const amina = await server.as('amina')
    const save = async (who: Caller, more: object = {}) =>
      await post(who, 'save-service', saveServiceRequest.write({ ...club, ...more }))
    const read = async (id: string) =>
      (await (await amina(`/fhir/HealthcareService/${id}`)).json()) as HealthcareService
    const list = async (file: object, trial = false) => {
      const answer = await post(
        amina,
        'import-services',
        importServicesRequest.write({ csv: '', ...file, trial }),
      )
      return answer.status === 200
        ? importServicesAnswer.read((await answer.json()) as Parameters)
        : answer.status
    }
    return { server, amina, save, read, list }
  }

  test('Is kept by those who know the services, and read by all who refer', async () => {
    const { server, amina, save, read } = await begin()
    for (const who of ['patel', 'stranger', 'grace', 'chidi'])
      expect((await save(await server.as(who))).status, who).toBe(403)
    expect((await save(amina)).status).toBe(200)
    expect(directoryServiceFrom(await read('svc-1'))).toMatchObject(club)
    expect((await (await server.as('patel'))('/fhir/HealthcareService/svc-1')).status).toBe(200)
    const direct = await amina('/fhir/HealthcareService/svc-2', {
      ...{ method: 'PUT', json: { ...(await read('svc-1')), id: 'svc-2', meta: undefined } },
      headers: { 'If-None-Match': '*' },
    })
    expect(direct.status, 'not around the rule').toBe(403)
  })

  test('Nobody turns the referrals of others to an organisation: it does that itself, or an administrator', async () => {
    const { server, amina, save, read } = await begin()
    const [admin, karen] = [await server.as('admin'), await server.as('karen')]
    const organisation = 'riverside-council'
    await server.seed([
      { resourceType: 'Organization', id: organisation },
      { resourceType: 'Organization', id: 'brook-surgery' },
    ])
    expect((await save(amina, { organisation })).status, 'as a new entry').toBe(403)
    expect((await save(admin, { organisation })).status).toBe(200)
    for (const other of ['brook-surgery', undefined])
      expect((await save(amina, { version: 1, organisation: other })).status, other).toBe(403)
    expect(
      (await save(await server.as('ruth'), { version: 1, organisation: undefined })).status,
    ).toBe(403)
    expect((await save(amina, { version: 1, organisation, waitingWeeks: 2 })).status).toBe(200)
    expect((await save(karen, { version: 2, organisation: 'brook-surgery' })).status).toBe(403)
    expect((await save(karen, { version: 2 })).status, 'it is theirs').toBe(200)
    expect((await save(karen, { version: 3, organisation })).status).toBe(200)
    expect(directoryServiceFrom(await read('svc-1'))).toMatchObject({ organisation })
  })

  test('Two who change one entry lose nothing: the second is told', async () => {
    const { server, amina, save, read } = await begin()
    expect((await save(amina)).status).toBe(200)
    expect((await save(amina, { version: 1, waitingWeeks: 3 })).status).toBe(200)
    expect((await save(await server.as('karen'), { version: 1, phone: '1' })).status).toBe(412)
    expect(directoryServiceFrom(await read('svc-1')).waitingWeeks).toBe(3)
    for (const wrong of [
      { name: ' ' },
      { howToRefer: '', phone: '' },
      { waitingWeeks: 261 },
      { checkedOn: '2026-03-11' },
      { organisation: 'nobody-here' },
      { what: 'x'.repeat(2001) },
    ])
      expect((await save(amina, { version: 2, ...wrong })).status, JSON.stringify(wrong)).toBe(422)
  })

  test('A list is tried first; what cannot be taken is refused by line with the reason, and a second reading changes nothing', async () => {
    const { list, amina } = await begin()
    const trial = await list({ csv }, true)
    expect(trial).toMatchObject({ added: 2, changed: 0, same: 0 })
    const kept = async () =>
      ((await (await amina('/fhir/HealthcareService')).json()).entry ?? []).length
    const before = await kept()
    expect(await list({ csv })).toMatchObject({
      added: 2,
      refused: [
        { line: 3, name: 'Night sitters', reason: 'Say how to refer, or give a telephone number' },
        { line: 4, reason: 'The waiting time is a number of weeks from 0 to 260' },
        { line: 5, reason: expect.stringContaining('not a day until today') },
        { line: 7, reason: 'The same service stands in the file before' },
      ],
    })
    expect(await kept()).toBe(before + 2)
    expect(await list({ csv })).toMatchObject({ added: 0, changed: 0, same: 2 })
    expect(await list({ csv: 'something else' })).toBe(422)
  })

  test('A list that is read in again takes nothing away, brings no ended service back, and makes no old fact new', async () => {
    const { list, save, read, amina } = await begin()
    expect((await save(amina)).status).toBe(200)
    const stands = async () => directoryServiceFrom(await read('svc-1'))
    const short = 'name,how to refer,provider,last checked\nLunch club,Ask at the door,Brook hall,'
    const dated = (day: string) => ({ csv: `${short}${day}` })
    expect(await list(dated('2026-03-01'))).toMatchObject({
      ...{ added: 0, changed: 0, same: 0 },
      refused: [{ line: 2, reason: 'The entry here was checked later, on 2026-03-09' }],
    })
    expect(await stands()).toMatchObject(club)
    expect(await list(dated('2026-03-10'))).toMatchObject({ changed: 1, refused: [] })
    const taken = { ...club, howToRefer: 'Ask at the door', checkedOn: '2026-03-10' }
    expect(await stands(), 'columns that the file does not have').toMatchObject(taken)
    const undated = { csv: `${short}`.replace('Ask at the door', 'Come on Tuesday') }
    expect(await list(undated)).toMatchObject({ changed: 1, refused: [] })
    const { checkedOn: _day, ...rest } = { ...club, howToRefer: 'Come on Tuesday' }
    expect(await stands()).toMatchObject(rest)
    expect((await stands()).checkedOn, 'nobody checked this').toBeUndefined()
    expect((await save(amina, { version: 3, isEnded: true })).status).toBe(200)
    expect(await list(dated('2026-03-10'))).toMatchObject({ added: 0, changed: 1 })
    expect(await stands()).toMatchObject({ isEnded: true, phone: club.phone })
    const alone = { csv: 'name,how to refer\nNight line,Ring us' }
    expect(await list(alone)).toMatchObject({ added: 1 })
    expect(await list(alone), 'a service that nobody else runs').toMatchObject({
      added: 0,
      same: 1,
    })
  })

  test('A Bundle is read with its organisations and places by name, and anything else in it is refused', async () => {
    const { list } = await begin()
    const bundle = {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [
        { fullUrl: 'urn:uuid:o', resource: { resourceType: 'Organization', name: 'Age well' } },
        {
          resource: {
            ...{ resourceType: 'HealthcareService', name: 'Advice on benefits' },
            providedBy: { reference: 'urn:uuid:o' },
            telecom: [{ system: 'phone', value: '01632 960 500' }],
          },
        },
        { resource: { resourceType: 'Patient', id: 'x' } },
      ],
    }
    expect(await list({ bundle })).toMatchObject({
      added: 1,
      refused: [{ line: 3, reason: 'This line cannot be read' }],
    })
  })
})
