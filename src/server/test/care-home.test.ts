import type {
  Bundle,
  Organization,
  Parameters,
  Patient,
  Provenance,
  Resource,
} from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { eventFromFhir } from '#domain/agreement/fhir.ts'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { type CareHome, careHomeIn, movedInto, movedOut, withHome } from '#domain/home/care-home.ts'
import { homePlaceToOrganisation } from '#domain/home/home-place.ts'
import { numbersChangedIn } from '#domain/home/numbers-changed.ts'
import { residentsAnswer, residentsRequest } from '#domain/home/residents-request.ts'
import { houseRequest } from '#domain/plan/house/house-records.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { standing } from '#test-support/worlds/grace-records.ts'
import { graceTeam, openCase, putRecord } from '#test-support/worlds/worse-records.ts'

const home: CareHome = {
  ...{ name: 'Brook House', phone: '01632 960150', nightPhone: '01632 960151' },
  ...{ manager: 'Ros Hale', keyWorker: 'Dele Ojo', since: '2026-02-01' },
}
const practice = [{ reference: 'Organization/brook-surgery' }]
const elsewhere = [{ reference: 'Organization/elsewhere-clinic' }]
const resident = (id: string, place: string, more: object = {}) => ({
  ...movedInto(
    { resourceType: 'Patient', name: [{ text: id }] },
    { ...home, name: place },
    '2026-02-01',
  ),
  ...{ id, generalPractitioner: practice, birthDate: '1940-01-01' },
  ...more,
})

eachStore('A care home', (open) => {
  async function started(...more: readonly object[]) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    await server.seed([...standing, openCase, graceTeam, ...more] as never, 'brook-surgery')
    return server
  }
  type Server = Awaited<ReturnType<typeof started>>
  const graceOf = async (server: Server) =>
    (await (await (await server.as('amina'))(`/fhir/Patient/${graceId}`)).json()) as Patient & {
      id: string
    }
  const version = ({ meta }: Patient) => Number(meta?.versionId)

  test('is where the person lives until they move, with its numbers by day and night', async () => {
    const server = await started()
    const before = await graceOf(server)
    const lives = movedInto(before, home, '2026-03-02')
    expect((await putRecord(await server.as('grace'), lives, version(before))).status).toBe(403)
    expect((await putRecord(await server.as('amina'), lives, version(before))).status).toBe(200)
    const now = await graceOf(server)
    expect(careHomeIn(now)).toEqual(home)
    const asked = await (await server.as('amina'))(`/fhir/Patient/${graceId}/$essentials`)
    const said = JSON.stringify(await asked.json())
    for (const number of [home.phone, home.nightPhone]) expect(said).toContain(number)
    const moved = movedInto(now, { ...home, name: 'The Limes' }, '2026-03-02')
    expect((moved.contact ?? []).filter(({ period }) => period?.end)).toHaveLength(1)
    expect(careHomeIn(movedOut(moved, '2026-03-02'))).toBeUndefined()
    const [first] = (lives.contact ?? []).slice(-1)
    const twice = { ...now, contact: [...(now.contact ?? []), ...(first ? [first] : [])] }
    expect((await putRecord(await server.as('amina'), twice, version(now))).status).toBe(422)
  })

  test('lists those who live there, as far as the caller may see them, and each sees it', async () => {
    const server = await started(
      ...[resident('p-one', 'Brook House'), resident('p-two', ' brook house ')],
      resident('p-far', 'Brook House', { generalPractitioner: elsewhere }),
      ...[
        resident('p-other', 'The Limes'),
        resident('p-dead', 'Brook House', { deceasedBoolean: true }),
      ],
      {
        ...resident('p-moved', 'x'),
        ...movedOut(resident('p-moved', 'Brook House') as Patient, '2026-02-20'),
      },
    )
    const ask = async (who: string) =>
      await (await server.as(who))('/fhir/Patient/$residents', {
        ...{ method: 'POST', json: residentsRequest.write({ home: 'Brook House' }) },
      })
    const seen = async (who: string) =>
      residentsAnswer
        .read((await (await ask(who)).json()) as Parameters)
        .residents.map(({ id }) => id)
    expect((await seen('amina')).toSorted()).toEqual(['p-one', 'p-two'])
    expect(await seen('stranger')).toEqual(['p-far'])
    for (const who of ['grace', 'chidi', 'ruth']) expect((await ask(who)).status).toBe(403)
    const looked = await (await server.as('amina'))('/fhir/Patient/p-one/$who-looked')
    expect(JSON.stringify(await looked.json())).toContain('residents')
  })

  const place = {
    ...{ id: 'home-brook', name: 'Brook House', phone: '01632 960150', nightPhone: '01632 960151' },
    ...{ manager: 'Ros Hale', address: '1 Mill Lane', postcode: 'ZZ1 1AA', ods: '' },
  }
  const lives = { ...home, place: place.id }
  const inHome = (id: string, at = place.id) => ({
    ...movedInto(
      { resourceType: 'Patient', name: [{ text: id }] },
      { ...lives, place: at },
      '2026-02-01',
    ),
    ...{ id, generalPractitioner: practice, birthDate: '1940-01-01' },
  })

  const newsOf = async (call: Awaited<ReturnType<Server['as']>>, patient: string) => {
    const json = houseRequest.write({ patient })
    const house = (await (
      await call('/fhir/CarePlan/$house', { method: 'POST', json })
    ).json()) as Bundle
    return (house.entry ?? []).flatMap(({ resource }) => {
      const event = resource?.resourceType === 'Provenance' && eventFromFhir(resource as Provenance)
      return event && event.kind === 'change-home' ? [`${event.by.name}: ${event.words}`] : []
    })
  }

  test('is an organisation that its residents share: one change is seen for all of them', async () => {
    const server = await started(inHome('p-one'), inHome('p-two'))
    const nurse = await server.as('amina')
    const organisation = homePlaceToOrganisation(place)
    expect((await putRecord(nurse, organisation)).status).toBe(201)
    const changed = homePlaceToOrganisation({ ...place, nightPhone: '01632 960199' }, organisation)
    expect((await putRecord(nurse, changed, 1)).status).toBe(200)
    for (const id of ['p-one', 'p-two']) {
      const said = await (await nurse(`/fhir/Patient/${id}/$essentials`)).text()
      expect(said).toContain('01632 960199')
      expect(said).not.toContain('01632 960151')
    }
    const asked = await nurse('/fhir/CarePlan/$house', {
      ...{ method: 'POST', json: houseRequest.write({ patient: 'p-one' }) },
    })
    const { entry = [] } = (await asked.json()) as Bundle
    const records = entry.flatMap(({ resource }) => (resource ? [resource as Resource] : []))
    const patient = records.find((each): each is Patient => each.resourceType === 'Patient')
    expect(patient && careHomeIn(withHome(patient, records))?.nightPhone).toBe('01632 960199')
    const residents = await nurse('/fhir/Patient/$residents', {
      ...{ method: 'POST', json: residentsRequest.write({ home: `Organization/${place.id}` }) },
    })
    const found = residentsAnswer.read((await residents.json()) as Parameters).residents
    expect(found.map(({ id }) => id).toSorted()).toEqual(['p-one', 'p-two'])
  })

  test('is written by professionals and nobody at home, and no other organisation becomes one', async () => {
    const server = await started()
    const organisation = homePlaceToOrganisation(place)
    for (const who of ['grace', 'chidi', 'ruth'])
      expect((await putRecord(await server.as(who), organisation)).status, who).toBe(403)
    const nurse = await server.as('amina')
    const surgery = (await (await nurse('/fhir/Organization/brook-surgery')).json()) as Organization
    const taken = { ...surgery, id: 'brook-surgery', type: organisation.type }
    expect((await putRecord(nurse, taken as never, 1)).status).toBe(403)
    const other = { ...organisation, type: [{ text: 'Clinic' }] }
    expect((await putRecord(nurse, other as never)).status).toBe(403)
    expect((await putRecord(nurse, { ...organisation, name: ' ' })).status).toBe(422)
    expect((await putRecord(nurse, organisation)).status).toBe(201)
    expect((await putRecord(nurse, other as never, 1)).status).toBe(403)
  })

  test('takes no number of another organisation, which would be taken for it', async () => {
    const server = await started()
    const place = { name: 'The Limes', phone: '01632 960155', nightPhone: '', manager: '' }
    const limes = homePlaceToOrganisation({ id: 'the-limes', ...place } as never)
    const taken = {
      ...limes,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y00001' }],
    }
    expect((await putRecord(await server.as('amina'), taken as never)).status).toBe(403)
    expect((await putRecord(await server.as('amina'), limes as never)).status).toBe(201)
    expect((await putRecord(await server.as('amina'), taken as never, 1)).status).toBe(403)
    const numbered = { ...taken, id: 'numbered' }
    await server.seed([numbered, inHome('p-limes', 'numbered')] as never, 'brook-surgery')
    const again = { ...numbered, name: 'The Limes, Weir Road' }

    expect((await putRecord(await server.as('amina'), again as never, 1)).status).toBe(200)
  })

  test('is changed only by those who care for somebody who lives there, and each resident is told', async () => {
    const far = { ...inHome('p-far'), generalPractitioner: elsewhere }
    const server = await started(inHome('p-one'), far)
    const [nurse, stranger] = [await server.as('amina'), await server.as('stranger')]
    const organisation = homePlaceToOrganisation(place)
    expect((await putRecord(nurse, organisation)).status).toBe(201)
    const other = { ...place, id: 'home-other', name: 'Elmhurst' }
    const elmhurst = homePlaceToOrganisation(other)
    expect((await putRecord(stranger, elmhurst)).status).toBe(201)
    const wrong = homePlaceToOrganisation({ ...other, phone: '01632 960000' }, elmhurst)
    const refused = await putRecord(nurse, wrong, 1)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('professionals who care for somebody who lives there')
    const patched = await nurse('/fhir/Organization/home-other', {
      ...{ method: 'PATCH', json: [{ op: 'replace', path: '/name', value: 'Mine' }] },
      headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' },
    })
    expect(patched.status).toBe(403)

    const claimed = {
      url: 'https://gable.example/fhir/numbers-changed',
      extension: [
        { url: 'by', valueReference: { display: 'Somebody else' } },
        { url: 'at', valueDateTime: '2020-01-01T00:00:00Z' },
      ],
    }
    const changed = {
      ...homePlaceToOrganisation({ ...place, phone: '01632 960170' }, organisation),
      extension: [claimed],
    }
    expect((await putRecord(nurse, changed as never, 1)).status).toBe(200)
    const now = (await (await nurse(`/fhir/Organization/${place.id}`)).json()) as Organization
    expect(numbersChangedIn(now)).toMatchObject({ by: { name: 'Amina Yusuf' } })
    const renamed = { ...now, id: place.id, name: 'Brook Lodge' }
    expect((await putRecord(stranger, renamed, 2)).status, 'p-far lives there').toBe(200)
    const later = (await (await nurse(`/fhir/Organization/${place.id}`)).json()) as Organization
    expect(numbersChangedIn(later), 'the numbers stand').toEqual(numbersChangedIn(now))
    expect(await newsOf(nurse, 'p-one')).toEqual([
      'Amina Yusuf: Changed the telephone number of Brook House: was 01632 960150, is now 01632 960170.',
      'Dr Robin Vale: Brook House is now called Brook Lodge.',
    ])
    expect(await newsOf(stranger, 'p-far')).toHaveLength(2)
    expect(
      (
        await nurse('/fhir/Patient/$residents', {
          method: 'POST',
          json: residentsRequest.write({ home: `Organization/${place.id}` }),
        })
      ).status,
    ).toBe(200)
  })

  test('whoever moves somebody in may correct its numbers with it', async () => {
    const server = await started()
    const nurse = await server.as('amina')
    await server.seed([homePlaceToOrganisation(place)] as never)
    const changed = homePlaceToOrganisation({ ...place, phone: '01632 960170' })
    expect((await putRecord(nurse, changed, 1)).status).toBe(403)
    const before = await graceOf(server)
    const moved = movedInto(before, lives, '2026-03-02')
    const json = {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [[changed, 1] as const, [moved, version(before)] as const].map(
        ([resource, stands]) => ({
          resource,
          request: {
            ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
            ifMatch: `W/"${stands}"`,
          },
        }),
      ),
    }
    expect((await nurse('/fhir', { method: 'POST', json })).status).toBe(200)
    expect(await newsOf(nurse, graceId)).toHaveLength(1)
  })

  test('is nobody’s practice, whatever code it has', async () => {
    const server = await started()
    const identifier = [{ system: odsCodeSystem, value: 'Y00009' }]
    const numbered = { ...homePlaceToOrganisation(place), identifier }
    await server.seed([numbered] as never)
    const nurse = await server.as('amina')
    const registered = {
      ...{ resourceType: 'Patient', id: 'p-new', name: [{ family: 'New' }] },
      generalPractitioner: [{ reference: `Organization/${place.id}` }],
    }
    expect((await putRecord(nurse, registered)).status).toBe(422)
    const file = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: registered }] }
    const refused = await nurse('/fhir/$import', { method: 'POST', json: file })
    expect(await refused.text()).toContain('A care home is no practice')
    const brought = async (id: string) => {
      const resource = { ...registered, id, generalPractitioner: [{ identifier: identifier[0] }] }
      const json = { resourceType: 'Bundle', type: 'collection', entry: [{ resource }] }
      expect((await nurse('/fhir/$import', { method: 'POST', json })).status).toBe(200)
      const kept = (await (
        await (
          await server.as('admin')
        )(`/fhir/Patient/${id}`)
      ).json()) as Patient
      return kept.generalPractitioner?.[0]?.reference
    }
    expect(await brought('p-brought')).toBeUndefined()
    await server.seed([
      { resourceType: 'Organization', id: 'real', name: 'Real', identifier },
    ] as never)
    expect(await brought('p-later')).toBe('Organization/real')
  })

  test('a practice is known by its code only while that has not ended', async () => {
    const server = await started()
    const code = { system: odsCodeSystem, value: 'Y00010' }
    const ended = { ...code, period: { end: '2020-01-31' } }
    const practice = (id: string, identifier: object) => ({
      ...{ resourceType: 'Organization', id, name: id, identifier: [identifier] },
    })
    const admin = await server.as('admin')
    const brought = async (id: string, identifier: object) => {
      const resource = {
        ...{ resourceType: 'Patient', id, name: [{ family: 'New' }] },
        generalPractitioner: [{ identifier }],
      }
      const json = { resourceType: 'Bundle', type: 'collection', entry: [{ resource }] }
      expect((await admin('/fhir/$import', { method: 'POST', json })).status).toBe(200)
      const kept = (await (await admin(`/fhir/Patient/${id}`)).json()) as Patient
      return kept.generalPractitioner?.[0]?.reference
    }
    await server.seed([practice('was', ended)] as never)
    expect(await brought('p-one', code)).toBeUndefined()
    await server.seed([practice('now', code)] as never)
    expect(await brought('p-two', code)).toBe('Organization/now')
    expect(await brought('p-three', ended)).toBeUndefined()
  })

  test('must be here before somebody lives in it', async () => {
    const server = await started()
    const before = await graceOf(server)
    const moved = movedInto(before, lives, '2026-03-02')
    const nurse = await server.as('amina')
    expect((await putRecord(nurse, moved, version(before))).status).toBe(422)
    await putRecord(nurse, homePlaceToOrganisation(place))
    expect((await putRecord(nurse, moved, version(before))).status).toBe(200)
  })
})
