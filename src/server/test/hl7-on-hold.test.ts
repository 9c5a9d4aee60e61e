import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { adtMessage, type Said } from '#test-support/worlds/adt-message.ts'
import { balbir, messagesCome, ofBalbir, openHospital } from '#test-support/worlds/hospital.ts'

eachStore('Messages that cannot be processed', (open) => {
  const hospital = async () => {
    const { sql } = await open({ now: () => messagesCome })
    return await openHospital(sql)
  }

  test('another message under a used message id is put on hold and refused', async () => {
    const { send, stays, keptAside } = await hospital()
    await send({ id: '5' })
    const answer = await send({ id: '5', place: 'Ward 7' })
    expect(answer).toMatchObject({ status: 422, code: 'AE' })
    expect(answer.text).toMatch(/\rERR\|.*with this message id came earlier/)
    expect(await keptAside()).toMatchObject([{ reason: 'id-used-before' }])
    expect(await stays()).toMatchObject([{ location: [{ location: { display: 'Ward 6' } }] }])
  })

  test('a message with another name or birth date is not put on the person’s record', async () => {
    const { send, stays, keptAside } = await hospital()
    expect(await send({ born: '19340105' })).toMatchObject({ status: 422, code: 'AE' })
    expect(await send({ name: 'OBI^Grace', id: '2' })).toMatchObject({ status: 422, code: 'AE' })
    expect(await stays()).toEqual([])
    const kept = await keptAside()
    expect(kept.map(({ reason }) => reason)).toEqual(['not-the-same', 'not-the-same'])
    expect(kept[0]?.raw).toContain('OBI^Grace')
  })

  test.each([
    ['a ward', { place: 'W\\X00\\6' }],
    ['its own id', { id: 'M\\X00\\3' }],
  ])('a null character in %s is refused for good, and nothing is kept', async (_where, said) => {
    const { send, stays, keptAside } = await hospital()
    expect(await send(said)).toMatchObject({ status: 400, code: 'AR' })
    expect([await stays(), await keptAside()]).toEqual([[], []])
  })

  test('a visit of one person is not moved to another', async () => {
    const { send, seed, stays, keptAside } = await hospital()
    await seed([balbir])
    await send()
    const answer = await send({ event: 'A08', nhs: '9434765919', name: 'SINGH', born: '19500505' })
    expect(answer).toMatchObject({ status: 422, code: 'AE' })
    expect(await keptAside()).toMatchObject([{ reason: 'visit-of-another' }])
    expect(await stays()).toMatchObject([{ subject: { reference: `Patient/${graceId}` } }])
  })

  test('a message for an unknown person is on hold, and processed when the person is imported', async () => {
    const { admin, send, stays, keptAside } = await hospital()
    const answer = await send(ofBalbir)
    expect(answer).toMatchObject({ status: 422, code: 'AE' })
    expect(answer.text).toContain('Nobody here has this NHS number')
    await send({ ...ofBalbir, event: 'A03', at: '20260302083000' })
    expect(await keptAside()).toHaveLength(2)
    const imported = await admin('/fhir/$import', { method: 'POST', json: balbir })
    expect(imported.status).toBe(200)
    expect(await keptAside()).toEqual([])
    expect(await stays()).toMatchObject([
      { status: 'finished', subject: { reference: 'Patient/balbir' } },
    ])
    expect(await send(ofBalbir)).toMatchObject({ status: 200, code: 'AA' })
  })

  test('a message on hold can be tried again, or dismissed with a reason', async () => {
    const { send, store, stays, keptAside, settle } = await hospital()
    await send(ofBalbir)
    await send({ class: 'N', id: 'odd' })
    const [odd, waiting] = await keptAside()
    expect(await settle(waiting?.number ?? 0)).toMatchObject({
      parameter: [{ name: 'aside', valueInteger: 1 }],
    })
    // written directly to the store, so that the service is not notified
    await store.transaction(async (inside) => {
      await inside.write({ resource: balbir, expect: 'absent' })
    })
    await settle(waiting?.number ?? 0)
    expect(await stays()).toMatchObject([{ subject: { reference: 'Patient/balbir' } }])
    expect(await settle(odd?.number ?? 0, ' ')).toMatchObject({
      resourceType: 'OperationOutcome',
    })
    expect(await settle(odd?.number ?? 0, 'A test of theirs')).toMatchObject({
      parameter: [{ name: 'dismissed', valueInteger: 1 }],
    })
    expect(await keptAside()).toEqual([])
    expect(await send({ class: 'N', id: 'odd' })).toMatchObject({ status: 422, code: 'AE' })
  })

  test.each<[string, Said, string, number]>([
    ['of an unsupported type', { event: 'A31' }, 'AR', 400],
    ['without an NHS number', { nhs: '' }, 'AE', 422],
    ['with an impossible date', { end: '20260231' }, 'AE', 422],
  ])(
    'a message %s is put on hold with a text for its sender',
    async (_title, said, code, status) => {
      const { send, keptAside } = await hospital()
      const answer = await send(said)
      expect(answer).toMatchObject({ status, code })
      expect(answer.text).toMatch(/\rERR\|\|\|\d+\^\^HL70357\|E\|\|\|\|[A-Z]/)
      expect(await keptAside()).toHaveLength(1)
    },
  )

  test.each([
    ['text that is not a message', 'hello'],
    ['a batch', 'BHS|^~\\&|PAS\rMSH|^~\\&|PAS'],
    ['a message without an id', adtMessage().replace('A01-V1-20260302080000', '')],
    ['another character set than declared', new Uint8Array([...Buffer.from(adtMessage()), 0xe9])],
  ])('%s is rejected and not kept', async (_title, body) => {
    const { post, keptAside } = await hospital()
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/\rMSA\|AR\|/)
    expect(await keptAside()).toEqual([])
  })

  test('a name in ISO 8859-1 is read as such', async () => {
    const { post, keptAside } = await hospital()
    const text = adtMessage({ ...ofBalbir, name: 'Núñez^Iñaki', charset: '8859/1' })
    expect((await post(new Uint8Array(Buffer.from(text, 'latin1')))).status).toBe(422)
    expect((await keptAside())[0]?.raw).toContain('Núñez^Iñaki')
  })

  test('other formats, other methods and large bodies are refused at once', async () => {
    const { post, admin, anyone, as } = await hospital()
    expect((await post('{}', 'application/json')).status).toBe(415)
    expect((await post('x'.repeat(1_100_000))).status).toBe(413)
    expect((await admin('/hl7')).status).toBe(405)
    const body = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: adtMessage() }
    expect((await anyone('/hl7', body)).status).toBe(401)
    for (const who of ['amina', 'grace', 'chidi', 'ruth', 'stranger']) {
      expect((await (await as(who))('/hl7', body)).status, who).toBe(403)
      expect((await (await as(who))('/fhir/$kept-aside')).status, who).toBe(403)
    }
  })
})
