import type { Parameters as Answer, Bundle, Communication } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { messageSeenToFhir, threadMessageToFhir } from '#domain/message/message-fhir.ts'
import { messageReadersAnswer, messagesAnswer } from '#domain/message/messages-answer.ts'
import type { Who } from '#domain/plan/plan.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import { because, between, restricted } from '#test-support/access/access-labels.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const codes = 'https://gable.example/codes'
// a Thursday evening: Christmas, a weekend and another bank holiday follow
const night = new Date('2026-12-24T20:00:00Z')
const grace: Who = { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' }
const chidi: Who = { reference: `RelatedPerson/${chidiId}`, name: 'Chidi Okafor', voice: 'carer' }
const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}

type Sent = Parameters<typeof threadMessageToFhir>[0]

const base: Omit<Sent, 'id' | 'thread'> = {
  ...({ person: graceId, readers: 'person', topic: 'question', by: grace } as const),
  ...{ words: 'Can I have the visit on Tuesday?', at: night.toISOString() },
}

const message = (id: string, more: Partial<Sent> = {}) =>
  threadMessageToFhir({ ...base, id, thread: id, ...more })

eachStore('Messages', (open) => {
  async function begin(now = night) {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords('2026-12-24')],
      'brook-surgery',
    )
    const callers = {
      grace: await server.as('grace'),
      chidi: await server.as('chidi'),
      amina: await server.as('amina'),
      karen: await server.as('karen'),
      ruth: await server.as('ruth'),
    }
    return { server, ...callers }
  }
  const put = async (call: Caller, record: { resourceType: string; id: string }, match?: string) =>
    await call(`/fhir/${record.resourceType}/${record.id}`, {
      ...{ method: 'PUT', json: record },
      headers: match ? { 'If-Match': match } : { 'If-None-Match': '*' },
    })
  const read = async (call: Caller, id: string) => {
    const answer = await call(`/fhir/Communication/${id}`)
    return answer.status === 200 ? ((await answer.json()) as Communication) : answer.status
  }
  const found = async (call: Caller, query: string) => {
    const bundle = (await (await call(`/fhir/${query}`)).json()) as Bundle
    return (bundle.entry ?? []).flatMap(({ resource }) => resource?.id ?? [])
  }

  test('A message is in the name of the one who sends it, with the time at which it came', async () => {
    const { grace: call } = await begin()
    const forged = { ...message('m-1'), sender: { ...message('m-1').sender, display: 'Dr Patel' } }
    expect((await put(call, forged)).status).toBe(201)
    expect(await read(call, 'm-1')).toMatchObject({
      sender: { reference: grace.reference, display: 'Grace Okafor' },
      received: night.toISOString(),
    })
    const other = { ...message('m-2'), sender: { reference: amina.reference } }
    expect((await put(call, other)).status).toBe(403)
  })

  test('A thread of the person reaches no carer, one of the team neither the person nor a carer', async () => {
    const all = await begin()
    expect((await put(all.grace, message('m-1'))).status).toBe(201)
    const team = { readers: 'team', by: amina, words: 'She sounds low' } as const
    expect((await put(all.amina, message('m-2', team))).status).toBe(201)
    const shared = { readers: 'carers', words: 'For Chidi as well' } as const
    expect((await put(all.grace, message('m-3', shared))).status).toBe(201)
    const seen = async (call: Caller) =>
      await Promise.all(
        ['m-1', 'm-2', 'm-3'].map(async (id) => typeof (await read(call, id)) === 'object'),
      )
    expect(await seen(all.grace)).toEqual([true, false, true])
    expect(await seen(all.chidi)).toEqual([false, false, true])
    expect(await seen(all.amina)).toEqual([true, true, true])
    expect(await seen(all.ruth)).toEqual([false, false, false])
    for (const query of [
      `Communication?patient=${graceId}&_count=200`,
      'Communication?category=message',
      'Communication?_id=m-1,m-2,m-3',
      `Patient/${graceId}/$everything?_type=Communication`,
    ]) {
      expect(await found(all.chidi, query), query).not.toContain('m-1')
      expect(await found(all.chidi, query), query).not.toContain('m-2')
      expect(await found(all.grace, query), query).not.toContain('m-2')
    }
    for (const path of ['Communication/m-2/_history/1', 'Communication/m-2/_history'])
      for (const call of [all.grace, all.chidi])
        expect((await call(`/fhir/${path}`)).status, path).toBe(404)
    // a reply or a receipt tells nobody what they may not read
    const receipt = { id: 's-1', person: graceId, upTo: 'm-2', by: amina, at: night.toISOString() }
    expect((await put(all.amina, messageSeenToFhir(receipt))).status).toBe(201)
    expect(await read(all.grace, 's-1')).toBe(404)
    const reply = message('m-4', { thread: 'm-2', by: grace })
    expect((await put(all.grace, reply)).status).toBe(422)
    expect((await put(all.chidi, message('m-5', { by: chidi }))).status).not.toBe(201)
    expect((await put(all.grace, message('m-6', { readers: 'team' }))).status).not.toBe(201)
  })

  test('A sent message, and that it was seen, keep the labels with which they came: nobody hides one from the person or opens one of the team', async () => {
    const all = await begin()
    const told = { readers: 'person', by: amina, words: 'I come on Tuesday' } as const
    await put(all.amina, message('m-1', told))
    await put(all.amina, message('m-2', { readers: 'team', by: amina, words: 'She sounds low' }))
    const seen = { id: 's-1', person: graceId, upTo: 'm-1', by: amina, at: night.toISOString() }
    await put(all.amina, messageSeenToFhir(seen))
    const tries: readonly (readonly [string, readonly object[]])[] = [
      ['m-1', [between]],
      ['m-1', [because(restricted)]],
      ['m-2', []],
      ['m-2', [because(restricted)]],
      ['m-2', [between, because(restricted)]],
      ['s-1', [between]],
      ['s-1', [because(restricted)]],
    ]
    const statuses: (readonly [string, number])[] = []
    for (const [id, security] of tries) {
      const { meta: _meta, ...stands } = (await read(all.amina, id)) as Communication
      const meta = security.length > 0 ? { security } : undefined
      const relabelled = { ...stands, id, meta }
      statuses.push([id, (await put(all.amina, relabelled, 'W/"1"')).status])
      statuses.push([id, (await put(all.karen, relabelled, 'W/"1"')).status])
      const path = '/meta/security'
      const op = meta ? { op: 'add', path, value: security } : { op: 'remove', path }
      const patched = await all.amina(`/fhir/Communication/${id}`, {
        ...{ method: 'PATCH', body: JSON.stringify([op]) },
        headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"1"' },
      })
      statuses.push([`${id} patched`, patched.status])
    }
    expect(statuses.filter(([, status]) => status !== 403)).toEqual([])
    expect(statuses).toHaveLength(21)
    expect(typeof (await read(all.grace, 'm-1'))).toBe('object')
    expect(await read(all.grace, 'm-2')).toBe(404)
    const sent = (await read(all.amina, 'm-2')) as Communication & { id: string }
    const byMistake = { ...sent, status: 'entered-in-error' } as const
    expect((await put(all.amina, byMistake, 'W/"1"')).status, 'its label kept').toBe(200)
  })

  test('No record is a message and something else at once', async () => {
    const all = await begin()
    await put(all.grace, message('m-1'))
    const seen = messageSeenToFhir({
      ...{ id: 's-1', person: graceId, upTo: 'm-1', by: amina, at: night.toISOString() },
    })
    const both = { ...message('m-2', { by: amina }), category: [...(seen.category ?? [])] }
    const coded = (code: string) => ({ coding: [{ system: codes, code }] })
    const tries = [
      {
        ...seen,
        id: 'b-1',
        category: [...(seen.category ?? []), ...(message('x').category ?? [])],
      },
      {
        ...both,
        id: 'b-2',
        category: [...(message('x').category ?? []), ...(seen.category ?? [])],
      },
      {
        ...both,
        id: 'b-3',
        category: [
          { coding: [...['message', 'message-seen'].flatMap((code) => coded(code).coding)] },
        ],
      },
      { ...message('b-4', { by: amina }), category: [coded('message'), coded('comment')] },
    ]
    for (const record of tries) {
      const refused = await put(all.amina, record as Communication & { id: string })
      expect([refused.status, await refused.text()], record.id).toEqual([
        ...[422, expect.stringContaining('a message alone')],
      ])
    }
    expect((await put(all.amina, seen)).status, 'one of them').toBe(201)
    expect((await put(all.amina, message('m-3', { by: amina }))).status, 'the other').toBe(201)
  })

  test('When the person ends the share, the carer reads no thread any more', async () => {
    const all = await begin()
    await put(all.grace, message('m-3', { readers: 'carers' }))
    expect(typeof (await read(all.chidi, 'm-3'))).toBe('object')
    const bundle = (await (
      await all.grace(`/fhir/Consent?patient=${graceId}&status=active&_count=50`)
    ).json()) as Bundle
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType !== 'Consent' || !resource.id) continue
      if (!JSON.stringify(resource).includes(chidiId)) continue
      const ended = { ...resource, id: resource.id, status: 'inactive' } as const
      await put(all.grace, ended, `W/"${resource.meta?.versionId}"`)
    }
    expect(await read(all.chidi, 'm-3')).toBe(404)
    expect(await found(all.chidi, 'Communication?category=message')).toEqual([])
  })

  test('A sent message is never changed: it is corrected by another one, or marked as sent by mistake', async () => {
    const { grace: call, amina: nurse } = await begin()
    await put(call, message('m-1'))
    const stands = (await read(call, 'm-1')) as Communication & { id: string }
    const changed = { ...stands, payload: [{ contentString: 'Something else' }] }
    expect((await put(call, changed, 'W/"1"')).status).toBe(403)
    const gone = await call('/fhir/Communication/m-1', {
      ...{ method: 'DELETE', headers: { 'If-Match': 'W/"1"' } },
    })
    expect(gone.status).toBe(403)
    const fix = { thread: 'm-1', corrects: 'm-1', words: 'Wednesday, I mean' }
    expect((await put(nurse, message('m-2', { ...fix, by: amina }))).status).toBe(403)
    expect((await put(call, message('m-2', fix))).status).toBe(201)
    const error = { ...stands, status: 'entered-in-error' } as const
    expect((await put(nurse, error, 'W/"1"')).status).toBe(403)
    expect((await put(call, error, 'W/"1"')).status).toBe(200)
    const old = await call('/fhir/Communication/m-1/_history/1')
    expect(((await old.json()) as Communication).payload?.[0]?.contentString).toBe(base.words)
    const back = { ...error, status: 'completed' } as const
    expect((await put(call, back, 'W/"2"')).status).toBe(403)
  })

  test('What is wrong with a message is refused: no words, a title of its own, other readers, a time to come', async () => {
    const { grace: call, amina: nurse } = await begin()
    await put(call, message('m-1'))
    const wrong = [
      message('x-1', { words: '  ' }),
      message('x-1', { words: 'a'.repeat(2_001) }),
      { ...message('x-1'), topic: { text: 'My cancer' } },
      { ...message('x-1'), extension: [] },
      message('x-1', { thread: 'm-1', readers: 'carers' }),
      message('x-1', { thread: 'no-such' }),
      message('x-1', { at: '2026-12-25T20:00:00Z' }),
    ]
    for (const each of wrong) expect((await put(call, each)).status, JSON.stringify(each)).toBe(422)
    const unlabelled = { ...message('x-1', { readers: 'team', by: amina }), meta: {} }
    expect((await put(nurse, unlabelled)).status).toBe(422)
  })

  test('At night the answer says when somebody reads it, after the holidays of the nation; a carer is told no other names', async () => {
    const { grace: call, chidi: carer, server } = await begin()
    const asked = async (who: Caller) =>
      messageReadersAnswer.read(
        (await (await who(`/fhir/Patient/${graceId}/$message-readers`)).json()) as Answer,
      )
    const england = await asked(call)
    expect(england.isNow).toBe(false)
    expect(england.from).toMatch(/^2026-12-29T0/)
    expect(england.coordinator).toMatchObject({ name: 'Amina Yusuf' })
    expect(england.carers.map(({ who }) => who.name)).toContain('Chidi Okafor')
    expect((await asked(carer)).carers.map(({ who }) => who.name)).toEqual(['Chidi Okafor'])
    for (const who of ['ruth', 'stranger'])
      expect(
        (await (await server.as(who))(`/fhir/Patient/${graceId}/$message-readers`)).status,
        who,
      ).toBe(404)
  })

  test('What nobody of the team has seen is on Today, the coordinator’s, and leaves it when somebody has', async () => {
    const all = await begin()
    const rows = async () => {
      const answer = (await (await all.amina('/fhir/$today')).json()) as Answer
      return todayParameters.read(answer).items.filter(({ kind }) => kind === 'message')
    }
    const lines = async () => {
      const answer = await all.amina('/fhir/Communication/$messages')
      return messagesAnswer.read((await answer.json()) as Answer).threads
    }
    await put(all.grace, message('m-1'))
    expect(await rows()).toMatchObject([
      { reference: 'Communication/m-1', text: 'Grace Okafor', owner: { name: 'Amina Yusuf' } },
    ])
    expect((await rows())[0]?.detail).toBeUndefined()
    expect(JSON.stringify(await rows()), 'nothing of what is in it').not.toContain('visit')
    expect(await lines()).toMatchObject([{ id: 'm-1', isNew: true, isLate: false, count: 1 }])
    const old = { ...message('m-0'), received: '2026-12-17T20:00:00Z' }
    await all.server.seed([old], 'brook-surgery')
    expect(await rows()).toMatchObject([{ reference: 'Communication/m-1' }, { detail: 'late' }])
    expect(await lines(), 'what waits longest stands first').toMatchObject([
      { id: 'm-0', isLate: true },
      { id: 'm-1', isLate: false },
    ])
    const first = { id: 's-0', person: graceId, upTo: 'm-0', by: amina, at: night.toISOString() }
    expect((await put(all.amina, messageSeenToFhir(first))).status).toBe(201)
    const receipt = { id: 's-1', person: graceId, upTo: 'm-1', by: amina, at: night.toISOString() }
    expect((await put(all.amina, messageSeenToFhir(receipt))).status).toBe(201)
    expect(await rows()).toEqual([])
    expect(await lines()).toMatchObject([{ isNew: false }, { isNew: false }])
    expect((await lines())[0]?.by).toBeUndefined()
    all.server.wait(1)
    await put(all.grace, message('m-2', { thread: 'm-1' }))
    expect(await rows(), 'an answer to it is new').toHaveLength(1)
    all.server.wait(1)
    await put(all.amina, message('m-3', { thread: 'm-1', by: amina }))
    expect(await rows(), 'it may have come while the answer was written').toMatchObject([
      { reference: 'Communication/m-2' },
    ])
    expect(await lines()).toMatchObject([{ id: 'm-1', isNew: true }, { id: 'm-0' }])
    const second = { ...receipt, id: 's-2', upTo: 'm-2' }
    expect((await put(all.amina, messageSeenToFhir(second))).status).toBe(201)
    expect(await rows()).toEqual([])
    expect((await lines()).map(({ by }) => by)).toEqual([undefined, undefined])
  })

  test('What waits longest is never cut off the list of messages, and the list says how many there are', async () => {
    const all = await begin()
    const many = Array.from({ length: 205 }, (_each, at) => ({
      ...message(`n-${at}`, { readers: 'team', by: amina }),
      received: '2026-12-23T20:00:00Z',
    }))
    const old = { ...message('m-0'), received: '2026-12-17T20:00:00Z' }
    await all.server.seed([...many, old], 'brook-surgery')
    const answer = await all.amina('/fhir/Communication/$messages')
    const { threads, total } = messagesAnswer.read((await answer.json()) as Answer)
    expect(threads[0]).toMatchObject({ id: 'm-0', isLate: true })
    expect(threads).toHaveLength(200)
    expect(total).toBe(206)
  })

  test('Nobody but professionals lists threads over people', async () => {
    const all = await begin()
    for (const call of [all.grace, all.chidi, all.ruth])
      expect((await call('/fhir/Communication/$messages')).status).toBe(403)
  })
})
