import { describe, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { adtMessage, type Said } from '#test-support/worlds/adt-message.ts'
import { balbir, messagesCome, ofBalbir, openHospital } from '#test-support/worlds/hospital.ts'

eachStore('Hospital messages', (open) => {
  const hospital = async () => {
    const { sql } = await open({ now: () => messagesCome })
    return await openHospital(sql)
  }

  test('an admission becomes a stay on the person’s record and is acknowledged', async () => {
    const { send, stays } = await hospital()
    const answer = await send({ id: '17' })
    expect(answer).toMatchObject({ status: 200, code: 'AA' })
    expect(answer.text).toContain('\rMSA|AA|17\r')
    expect(answer.text).toContain('|PAS|STANNE|20260302090000+0000||ACK^A01|')
    const [stay, ...others] = await stays()
    expect(others).toEqual([])
    expect(stay).toMatchObject({
      status: 'in-progress',
      class: { code: 'IMP' },
      subject: { reference: `Patient/${graceId}` },
      period: { start: '2026-03-02T08:00:00.000Z' },
      location: [{ location: { display: 'Ward 6' }, status: 'active' }],
      reasonCode: [{ text: 'Fall at home' }],
    })
  })

  test('a number names whose it was on the day of the message', async () => {
    const { send, seed, keptAside } = await hospital()
    const [identifier] = balbir.identifier
    const until = (end: string, use = {}) => ({
      ...{ ...balbir, identifier: [{ ...identifier, ...use, period: { end } }] },
    })
    await seed([until('2026-02-20', { use: 'old' }) as never])
    const of = (visit: string, at: string) => ({ ...ofBalbir, id: visit, visit, at })
    expect((await send(of('V1', '20260225080000'))).code, 'it had ended').toBe('AE')
    expect((await keptAside()).map(({ reason }) => reason)).toEqual(['not-here'])
    expect((await send(of('V2', '20260219080000'))).code, 'it was theirs').toBe('AA')
  })

  test('a number that began after the message names its bearer, if nobody else had it that day', async () => {
    const { send, seed } = await hospital()
    const [identifier] = balbir.identifier
    const since = { ...balbir, identifier: [{ ...identifier, period: { start: '2026-03-01' } }] }
    await seed([since as never])
    const of = (visit: string, at: string) => ({ ...ofBalbir, id: visit, visit, at })
    expect((await send(of('V1', '20260225080000'))).code, 'entered later').toBe('AA')
    const before = { ...identifier, period: { end: '2026-02-27' } }
    await seed([
      { ...balbir, id: 'before', name: [{ family: 'Hill' }], identifier: [before] } as never,
    ])
    expect((await send(of('V2', '20260225090000'))).code, 'it was another’s').toBe('AE')
    expect((await send(of('V3', '20260228080000'))).code, 'it was nobody’s').toBe('AA')
  })

  test('a stay is the same whatever the order of its messages', async () => {
    const { send, stays } = await hospital()
    const messages: Said[] = [
      { event: 'A01', at: '20260227080000' },
      { event: 'A02', at: '20260228080000', place: 'Ward 9' },
      { event: 'A08', at: '20260228090000', place: 'Ward 9^Bay 1', reason: 'Broken hip' },
      { event: 'A03', at: '20260301100000', place: 'Ward 9^Bay 1', reason: 'Broken hip' },
    ]
    for (const each of messages) await send({ ...each, visit: 'V1' })
    for (const each of messages.toReversed()) await send({ ...each, visit: 'V2' })
    for (const at of [2, 0, 3, 1]) await send({ ...messages[at], visit: 'V3' })
    const found = (await stays()).map(({ status, period, location, reasonCode }) => ({
      ...{ status, period, location, reasonCode },
    }))
    expect(found).toHaveLength(3)
    expect(found[0]).toMatchObject({
      status: 'finished',
      period: { start: '2026-02-27T08:00:00.000Z', end: '2026-03-01T10:00:00.000Z' },
      location: [{ location: { display: 'Ward 6' } }, { location: { display: 'Ward 9, Bay 1' } }],
      reasonCode: [{ text: 'Broken hip' }],
    })
    expect(found[1]).toEqual(found[0])
    expect(found[2]).toEqual(found[0])
  })

  test('a reason that an update removes leaves the stay, and fields written by others are kept', async () => {
    const { send, stays, as } = await hospital()
    await send()
    const [stay] = await stays()
    const amina = await as('amina')
    await amina(`/fhir/Encounter/${stay?.id}`, {
      ...{ method: 'PUT', headers: { 'If-Match': `W/"${stay?.meta?.versionId}"` } },
      json: { ...stay, type: [{ text: 'Seen by the heart team' }] },
    })
    await send({ event: 'A08', at: '20260302083000', reason: '' })
    expect((await stays())[0]?.reasonCode).toEqual([{ text: 'Fall at home' }])
    await send({ event: 'A08', at: '20260302084000', reason: '"" ' })
    const [after] = await stays()
    expect(after).not.toHaveProperty('reasonCode')
    expect(after?.type).toEqual([{ text: 'Seen by the heart team' }])
  })

  test.each([
    ['LUKOWSKA^GOSIA', 'Łukowska'],
    ['PRIORNAME^GOSIA^^^^^M~LUKOWSKA^GOSIA^^^MRS^^L', 'Łukowska'],
    ['ONEILL^GOSIA', 'O´Neill'],
  ])('a stay of %s is put on the record of %s', async (name, family) => {
    const { send, stays, seed } = await hospital()
    await seed([{ ...balbir, name: [{ family, given: ['Gosia'] }] }])
    expect(await send({ ...ofBalbir, name })).toMatchObject({ status: 200, code: 'AA' })
    expect(await stays()).toMatchObject([{ subject: { reference: 'Patient/balbir' } }])
  })

  test('a cancelled discharge reopens the stay, and a cancelled admission cancels it', async () => {
    const { send, stays } = await hospital()
    await send()
    await send({ event: 'A03', at: '20260302083000' })
    await send({ event: 'A13', at: '20260302084000' })
    expect(await stays()).toMatchObject([{ status: 'in-progress' }])
    expect((await stays())[0]?.period).not.toHaveProperty('end')
    await send({ event: 'A11', at: '20260302085000' })
    expect(await stays()).toMatchObject([{ status: 'cancelled' }])
  })

  describe('a death', () => {
    const died = { event: 'A03', at: '20260302083000', diedAt: '20260302082500', dead: 'Y' }
    const at = '2026-03-02T08:25:00.000Z'
    const later = (messages: Said): Said => ({ event: 'A08', at: '20260302085000', ...messages })

    test.each<[string, readonly Said[], object]>([
      ['is recorded with its time', [{}, died], { deceasedDateTime: at }],
      ['is recorded without a time', [{}, { ...died, diedAt: '' }], { deceasedBoolean: true }],
      [
        'is recorded without the day that cannot be',
        [{}, { ...died, diedAt: '20620302082500' }],
        { deceasedBoolean: true },
      ],
      [
        'is recorded from a discharge alone',
        [{}, { ...died, diedAt: '', dead: '', endedIn: '20', end: '20260302082500' }],
        { deceasedDateTime: at },
      ],
      [
        'gets its time later',
        [{ ...died, diedAt: '' }, later({ diedAt: died.diedAt, dead: 'Y' })],
        { deceasedDateTime: at },
      ],
      ['is removed when a message says N', [{}, died, later({ dead: 'N' })], {}],
      ['is removed when a message sends ""', [{}, died, later({ dead: '""' })], {}],
      ['is removed when the discharge is cancelled', [{}, died, later({ event: 'A13' })], {}],
      ['stays when a message does not mention it', [died, later({})], { deceasedDateTime: at }],
      [
        'stays when an older message comes late',
        [died, { event: 'A08', at: '20260302080500', dead: 'N' }],
        { deceasedDateTime: at },
      ],
    ])('%s', async (_, messages, expected) => {
      const { send, admin } = await hospital()
      for (const each of messages) expect(await send(each)).toMatchObject({ status: 200 })
      const patient = await (await admin(`/fhir/Patient/${graceId}`)).json()
      const { deceasedDateTime, deceasedBoolean } = patient as Record<string, unknown>
      const death = { deceasedDateTime, deceasedBoolean }
      expect(JSON.parse(JSON.stringify(death))).toEqual(expected)
    })

    test('gives nobody new access to restricted records', async () => {
      const { sql } = await open({ now: () => messagesCome })
      const { send, admin } = await openHospital(sql)
      const address = `/fhir/Patient/${graceId}`
      const before = await (await admin(address)).json()
      const generalPractitioner = [
        ...before.generalPractitioner,
        { reference: 'Practitioner/tom-price' },
      ]
      const headers = { 'If-Match': `W/"${before.meta.versionId}"` }
      await admin(address, { method: 'PUT', json: { ...before, generalPractitioner }, headers })
      const doctor = `from relation l join resource r on r.rid = l.source_rid
        where r.rt = 'Patient' and r.id = $1 and l.agent = 'tom-price'`
      await sql.query(
        `update relation set vouched = false where source_rid in
        (select r.rid from resource r where r.rt = 'Patient' and r.id = $1) and agent = 'tom-price'`,
        [graceId],
      )
      expect(await send(died)).toMatchObject({ status: 200 })
      expect(await (await admin(address)).json()).toMatchObject({ deceasedDateTime: at })
      const { rows } = await sql.query(`select distinct l.vouched ${doctor}`, [graceId])
      expect(rows).toEqual([{ vouched: false }])
    })

    test('recorded here is not removed by a hospital message', async () => {
      const { send, admin } = await hospital()
      const address = `/fhir/Patient/${graceId}`
      const json = { ...(await (await admin(address)).json()), deceasedDateTime: '2026-02-28' }
      const headers = { 'If-Match': 'W/"1"' }
      expect((await admin(address, { method: 'PUT', json, headers })).status).toBe(200)
      for (const dead of ['N', '""', 'Y', 'N'])
        await send({ event: 'A08', at: `2026030208300${'N"YN'.indexOf(dead[0] ?? '')}`, dead })
      const patient = await (await admin(address)).json()
      expect(patient).toMatchObject({ deceasedDateTime: '2026-02-28' })
    })
  })

  test('the same message again gets the same answer and makes no new version', async () => {
    const { send, post, stays } = await hospital()
    const first = await send()
    const [before] = await stays()
    expect(await send()).toEqual(first)
    const again = await post(adtMessage().replaceAll('\r', '\r\n'), 'text/plain; charset=utf-8')
    expect(again.text).toBe(first.text)
    expect((await stays())[0]?.meta?.versionId).toBe(before?.meta?.versionId)
  })

  test('the same message on many connections at once makes one stay', async () => {
    const { send, stays } = await hospital()
    const answers = await Promise.all(Array.from({ length: 12 }, () => send()))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect((await stays()).map(({ meta }) => meta?.versionId)).toEqual(['1'])
  })

  test('messages of one visit at the same moment are all in the stay', async () => {
    const { send, stays } = await hospital()
    const places = Array.from({ length: 8 }, (_, at) => `Ward ${at}`)
    const codes = await Promise.all(
      places.map(async (place, at) => {
        const answer = await send({ event: 'A02', at: `2026030208${10 + at}00`, place })
        return answer.code
      }),
    )
    expect(new Set(codes)).toEqual(new Set(['AA']))
    const [stay] = await stays()
    expect(stay?.location?.map(({ location }) => location.display)).toEqual(places)
  })

  test('the sender of a stay is in the audit log', async () => {
    const { send, as } = await hospital()
    await send()
    const log = await (await as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    const text = await log.text()
    expect(text).toContain('"code":"hl7"')
    expect(text).toMatch(/Encounter\/adt-[0-9a-f]{40}/)
  })

  test('a discharge is on Today, and open pages are updated at once', async () => {
    const { send, as, store } = await hospital()
    const changed: string[] = []
    store.onChange((changes) => changed.push(...changes.map(({ type }) => type)))
    await send({ at: '20260228080000' })
    await send({ event: 'A03', at: '20260302080000' })
    expect(changed).toEqual(['Encounter', 'Encounter'])
    const today = await (await as('amina'))('/fhir/$today', {
      method: 'POST',
      json: { resourceType: 'Parameters' },
    })
    const text = await today.text()
    expect(text).toContain('"valueCode":"home"')
    expect(text).toContain('2026-03-04T08:00:00.000Z')
  })
})
