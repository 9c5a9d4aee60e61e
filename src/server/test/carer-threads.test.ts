import type { Bundle, Communication, RelatedPerson } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { Scope } from '#domain/access/scope.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { consentToFhir } from '#domain/consent/consent-fhir.ts'
import { meetingLetterToFhir } from '#domain/meeting/letter.ts'
import { talkToFhir } from '#domain/meeting/talk-fhir.ts'
import type { TeamTalk } from '#domain/meeting/team-talk.ts'
import {
  messageSeenToFhir,
  threadMessageFromFhir,
  threadMessageToFhir,
} from '#domain/message/message-fhir.ts'
import type { Who } from '#domain/plan/plan.ts'
import { beginSession } from '#server/auth/session.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { canReceive } from '#server/realtime/can-receive.ts'
import { accessScopeOf, everyone } from '#server/store/access/access-scope.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import { ownThreads } from '#server/store/data-migrations/own-threads.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { backupOf, freshPglite, sourceOf } from '#test-support/worlds/lived-backup.ts'

const adaId = 'r-ada'
const shared = ['conversation'] as const
const at = testNow.toISOString()
const grace: Who = { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' }
const chidi: Who = { reference: `RelatedPerson/${chidiId}`, name: 'Chidi Okafor', voice: 'carer' }
const ada: Who = { reference: `RelatedPerson/${adaId}`, name: 'Ada Eze', voice: 'carer' }
const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}
const adaActor: Actor = {
  ...{ identity: 'ada', name: 'Ada Eze', role: 'carer' },
  caresFor: [{ relatedPerson: adaId, person: graceId }],
}
const adaHere: RelatedPerson & { id: string } = {
  ...{ resourceType: 'RelatedPerson', id: adaId, active: true },
  ...{ patient: { reference: `Patient/${graceId}` }, name: [{ text: 'Ada Eze' }] },
}

type Sent = Parameters<typeof threadMessageToFhir>[0]
const base: Omit<Sent, 'id' | 'thread'> = {
  ...({ person: graceId, readers: 'carer', topic: 'question', by: chidi, at } as const),
  words: 'Between me and you',
}
const message = (id: string, more: Partial<Sent> = {}) =>
  threadMessageToFhir({ ...base, carers: [more.by ?? chidi], id, thread: id, ...more })
const seenBy = (id: string, upTo: string, by: Who) =>
  messageSeenToFhir({ id, person: graceId, upTo, by, at })

/** What a carer may not know of another’s thread. */
const hidden = ['c-1', 'c-2', 's-1', 't-1']

eachStore('Threads between a carer and the team', (open) => {
  async function begin(rooms: readonly ('conversation' | 'roof')[] = ['conversation', 'roof']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: testNow })
    const given = { person: graceId, relative: adaId, read: rooms, write: rooms, until: '' }
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), adaHere, consentToFhir(given, at)],
      'brook-surgery',
    )
    const asAda = server.withToken(await beginSession(sql, adaActor, testNow))
    const callers = {
      grace: await server.as('grace'),
      chidi: await server.as('chidi'),
      amina: await server.as('amina'),
      karen: await server.as('karen'),
      ruth: await server.as('ruth'),
    }
    return { server, sql, ada: asAda, ...callers }
  }
  const put = async (call: Caller, record: { resourceType: string; id: string }, match?: string) =>
    await call(`/fhir/${record.resourceType}/${record.id}`, {
      ...{ method: 'PUT', json: record },
      headers: match ? { 'If-Match': match } : { 'If-None-Match': '*' },
    })
  const status = async (call: Caller, path: string) => (await call(`/fhir/${path}`)).status
  const read = async (call: Caller, id: string) =>
    (await (await call(`/fhir/Communication/${id}`)).json()) as Communication
  const found = async (call: Caller, path: string) => {
    const bundle = (await (await call(`/fhir/${path}`)).json()) as Bundle
    return (bundle.entry ?? []).flatMap(({ resource }) => resource?.id ?? [])
  }

  async function bothWrite() {
    const all = await begin()
    const kept = [
      await put(all.chidi, message('c-1')),
      await put(all.amina, message('c-2', { thread: 'c-1', by: amina, carers: [chidi] })),
      await put(all.amina, seenBy('s-1', 'c-1', amina)),
      await put(all.amina, message('t-1', { by: amina, carers: [chidi], words: 'To you' })),
      await put(all.ada, message('a-1', { by: ada, words: 'Of Ada' })),
      await put(all.grace, message('g-1', { readers: 'carers', by: grace, words: 'To all' })),
    ]
    expect(kept.map((each) => each.status)).toEqual([201, 201, 201, 201, 201, 201])
    return all
  }

  test('Each carer reads what they have with the team, nobody another’s; the person and the team read all', async () => {
    const all = await bothWrite()
    const seen = async (call: Caller) =>
      (await found(call, `Communication?patient=${graceId}&_count=200`))
        .filter((id) => [...hidden, 'a-1', 'g-1'].includes(id))
        .toSorted()
    expect(await seen(all.chidi)).toEqual([...hidden, 'g-1'].toSorted())
    expect(await seen(all.ada)).toEqual(['a-1', 'g-1'])
    for (const call of [all.grace, all.amina, all.karen])
      expect(await seen(call)).toEqual([...hidden, 'a-1', 'g-1'].toSorted())
    expect(await seen(all.ruth)).toEqual([])
    expect(await read(all.chidi, 'c-2')).toMatchObject({
      recipient: [{ reference: chidi.reference }],
    })
  })

  test('A thief with the other carer’s session finds it nowhere', async () => {
    const all = await bothWrite()
    for (const id of hidden)
      for (const path of ['', '/_history', '/_history/1'])
        expect(await status(all.ada, `Communication/${id}${path}`), id + path).toBe(404)
    for (const path of [
      'Communication?category=message&_count=200',
      `Communication?_id=${hidden.join(',')}`,
      `Communication?recipient=${chidi.reference}`,
      `Communication?sender=${chidi.reference}`,
      `Patient/${graceId}/$everything?_count=500`,
      `Patient?_id=${graceId}&_revinclude=Communication:patient`,
      `RelatedPerson?_id=${chidiId}&_revinclude=Communication:recipient`,
      `Provenance?patient=${graceId}&_include=Provenance:target&_count=200`,
      'Communication/_history?_count=500',
      '_history?_count=500',
    ]) {
      const answer = await all.ada(`/fhir/${path}`)
      const text = await answer.text()
      expect(text, path).not.toContain('Between me and you')
      expect(text, path).not.toMatch(/Communication\/(c-1|c-2|s-1|t-1)\b/)
    }
    const counted = (await (
      await all.ada(`/fhir/Communication?patient=${graceId}&category=message&_summary=count`)
    ).json()) as Bundle
    expect(counted.total).toBe(2)
    const log = await (
      await all.ada(`/fhir/AuditEvent?patient=Patient/${graceId}&_count=200`)
    ).text()
    expect(log).not.toMatch(/Communication\/(c-1|c-2|s-1|t-1)\b/)
  })

  test('A thief writes into no thread of another carer, marks nothing there and takes none over', async () => {
    const all = await bothWrite()
    const tries = [
      message('x-1', { thread: 'c-1', by: ada }),
      message('x-2', { thread: 'c-1', by: ada, readers: 'carers' }),
      message('x-3', { by: ada, carers: [chidi] }),
      message('x-4', { by: ada, corrects: 'c-1' }),
      seenBy('x-5', 'c-1', ada),
    ]
    for (const each of tries) {
      const { status: answer } = await put(all.ada, each)
      expect(answer === 201 && each.id, each.id).not.toBe(each.id)
    }
    const stands = (await read(all.chidi, 'c-1')) as Communication & { id: string }
    const opened = { ...stands, recipient: [{ reference: ada.reference }] }
    const taken = { ...opened, sender: { reference: ada.reference } }
    const missing = await put(all.ada, { ...taken, id: 'no-such' }, 'W/"1"')
    expect((await put(all.ada, taken, 'W/"1"')).status, 'as if it were not there').toBe(
      missing.status,
    )
    // to the carer it would be another’s thread from then on
    const answers = [all.amina, all.grace, all.chidi].map(
      async (call) => (await put(call, opened, 'W/"1"')).status,
    )
    expect(await Promise.all(answers)).toEqual([403, 403, 404])
    expect(await status(all.ada, 'Communication/c-1')).toBe(404)
  })

  test('An answer goes to whoever reads the first message, whatever is sent with it', async () => {
    const all = await bothWrite()
    const wide = message('c-3', { thread: 'c-1', by: amina, readers: 'carers' })
    const other = message('c-4', { thread: 'c-1', by: grace, carers: [ada] })
    expect((await put(all.amina, wide)).status).toBe(201)
    expect((await put(all.grace, other)).status).toBe(201)
    for (const id of ['c-3', 'c-4']) {
      expect(await status(all.ada, `Communication/${id}`), id).toBe(404)
      expect(await status(all.chidi, `Communication/${id}`), id).toBe(200)
    }
    // a device that has not been updated says that all carers read what a carer begins
    expect((await put(all.chidi, message('c-5', { readers: 'carers' }))).status).toBe(201)
    expect(await status(all.ada, 'Communication/c-5')).toBe(404)
  })

  test('The team writes to one carer who may read it, and the share’s end closes the thread at once', async () => {
    const all = await begin(['roof'])
    const refused = async (carers: readonly Who[]) =>
      (await put(all.amina, message('t-1', { by: amina, carers }))).status
    expect(await refused([])).toBe(422)
    expect(await refused([ada]), 'the conversation is not shared').toBe(422)
    expect(await refused([chidi, ada])).toBe(422)
    expect(await refused([{ ...ada, reference: 'RelatedPerson/nobody' }])).not.toBe(201)
    expect(await refused([chidi])).toBe(201)
    expect(await status(all.chidi, 'Communication/t-1')).toBe(200)
    const shares = (await (
      await all.grace(`/fhir/Consent?patient=${graceId}&status=active&_count=50`)
    ).json()) as Bundle
    for (const { resource } of shares.entry ?? []) {
      if (resource?.resourceType !== 'Consent' || !JSON.stringify(resource).includes(chidiId))
        continue
      const ended = { ...resource, id: resource.id ?? '', status: 'inactive' } as const
      await put(all.grace, ended, `W/"${resource.meta?.versionId}"`)
    }
    expect(await status(all.chidi, 'Communication/t-1')).toBe(404)
  })

  test('No event tells one carer of another’s thread, and the database itself does not show it', async () => {
    const all = await bothWrite()
    const { store } = all.server
    const room = `own carer-${chidiId}`
    const stored = await store.read('Communication', 'c-1', everyone)
    expect(stored?.room).toBe(room)
    const reach = async (actor: Actor) => await accessScopeOf(actor, store, { now: testNow })
    const chidiActor: Actor = {
      ...{ identity: 'chidi', name: 'Chidi Okafor', role: 'carer' },
      caresFor: [{ relatedPerson: chidiId, person: graceId }],
    }
    const graceActor: Actor = { identity: 'grace', name: 'Grace', role: 'person', person: graceId }
    const told = async (actor: Actor) =>
      await canReceive({ person: graceId, room }, await reach(actor), store)
    expect([await told(chidiActor), await told(graceActor), await told(adaActor)]).toEqual([
      ...[true, true, false],
    ])
    const underRls = async (scope: Scope) => {
      const on = all.sql.as(rlsSessionOf(scope, testNow))
      const { rows } = await on.query<{ id: string }>(
        `select id from resource where rt = 'Communication' and id = any($1)
         union select r.id from change r where r.rt = 'Communication' and r.id = any($1) order by 1`,
        [hidden],
      )
      return rows.map(({ id }) => id)
    }
    for (const actor of [chidiActor, graceActor])
      expect(await underRls((await reach(actor)).scope)).toEqual(hidden.toSorted())
    expect(await underRls((await reach(adaActor)).scope)).toEqual([])
  })

  test('What a meeting decided is told to one carer, after the person, with the person’s leave, by the team alone', async () => {
    const all = await begin()
    const talk: TeamTalk = {
      ...{ id: 'talk-1', version: '1', person: graceId, meeting: 'm-1', title: '', start: at },
      ...{ place: 1, minutes: 4, state: 'done', used: 0, members: [], brought: [], decisions: [] },
    }
    const letter = meetingLetterToFhir({
      ...{ id: 'letter-talk-1', person: graceId, talk: 'talk-1', by: amina, at, day: testDay },
      ...{ question: '', lines: [], added: '', phone: '' },
    })
    await all.server.seed([talkToFhir(talk)])
    const told = (id: string, more: Partial<Sent> = {}) =>
      message(id, {
        ...{ by: amina, carers: [chidi], words: 'She comes home on Monday' },
        ...{ fromMeeting: { talk: 'talk-1', leave: 'On the phone' }, ...more },
      })
    const refused = async (record: ReturnType<typeof message>, call = all.amina) => {
      const answer = await put(call, record)
      return [answer.status, await answer.text()]
    }
    expect(await refused(told('x-1'))).toEqual([422, expect.stringContaining('hears it first')])
    await all.server.seed([letter])
    const fromMeeting = { talk: 'talk-1', leave: ' ' }
    expect(await refused(told('x-1', { fromMeeting }))).toEqual([
      ...[422, expect.stringContaining('how the person agreed')],
    ])
    const none = { fromMeeting: { talk: 'none', leave: 'Yes' } }
    expect(await refused(told('x-1', none))).toEqual([422, expect.stringContaining('no such')])
    expect(await refused(told('x-1', { readers: 'carers' }))).toEqual([
      ...[422, expect.stringContaining('one carer at a time')],
    ])
    const asIfTheTeam = told('x-1', { by: chidi })
    expect((await refused(asIfTheTeam, all.chidi))[0]).not.toBe(201)
    expect((await put(all.amina, told('l-1'))).status).toBe(201)
    const seen = await read(all.chidi, 'l-1')
    expect(threadMessageFromFhir(seen)).toMatchObject({
      ...{ words: 'She comes home on Monday', fromMeeting: { leave: 'On the phone' } },
    })
    expect(JSON.stringify(seen), 'not the meeting itself').not.toContain('talk-1')
    expect(await status(all.ada, 'Communication/l-1')).toBe(404)
    for (const path of ['Communication/letter-talk-1', 'Appointment/talk-1'])
      expect(await status(all.chidi, path), path).toBe(404)
  })

  test('What carers wrote before belongs to those who wrote it, and what was for all stays so', async () => {
    const all = await begin()
    const old = (id: string, more: Partial<Sent> = {}) =>
      message(id, { readers: 'carers', ...more })
    await all.server.seed([
      ...[old('o-1'), old('o-2', { thread: 'o-1', by: amina }), seenBy('o-3', 'o-1', amina)],
      ...[old('b-1'), old('b-2', { thread: 'b-1', by: ada })],
      ...[old('w-1', { by: grace }), old('w-2', { thread: 'w-1', by: chidi })],
    ])
    const shown = async (call: Caller) =>
      (await found(call, 'Communication?_id=o-1,o-2,o-3,b-1,b-2,w-1,w-2')).toSorted()
    expect(await shown(all.ada)).toHaveLength(7)
    const clock = { now: testNow, zone: usualZone }
    await ownThreads(all.sql, clock)
    expect(await shown(all.ada)).toEqual(['b-1', 'b-2', 'w-1', 'w-2'])
    expect(await shown(all.chidi)).toHaveLength(7)
    expect(await shown(all.grace)).toHaveLength(7)
    for (const path of ['', '/_history', '/_history/1'])
      expect(await status(all.ada, `Communication/o-1${path}`), path).toBe(404)
    expect(await read(all.amina, 'o-2')).toMatchObject({
      ...{ sender: { reference: amina.reference }, recipient: [{ reference: chidi.reference }] },
      payload: [{ contentString: 'Between me and you' }],
    })
    // once more it changes nothing
    await ownThreads(all.sql, clock)
    expect((await read(all.amina, 'o-1')).meta?.versionId).toBe('2')
    expect((await put(all.chidi, message('o-4', { thread: 'o-1' }))).status).toBe(201)
    expect(await status(all.ada, 'Communication/o-4')).toBe(404)
  })

  test('A backup of before brings back no thread that other carers read', async () => {
    const first = await freshPglite()
    const { seed } = await openHandler({ sql: first, now: testNow })
    const given = { person: graceId, relative: adaId, read: shared, write: shared, until: '' }
    await seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), adaHere, consentToFhir(given, at)],
      'brook-surgery',
    )
    await seed([message('o-1', { readers: 'carers' }), seenBy('o-2', 'o-1', amina)])
    const { entries } = await backupOf(first)
    const { sql } = await open()
    await restoreBackup(sql, sourceOf(entries), { now: testNow, merge: false })
    const server = await openHandler({ sql, now: testNow })
    const asAda = server.withToken(await beginSession(sql, adaActor, testNow))
    const asked = 'Communication?_id=o-1,o-2'
    expect(await found(asAda, asked)).toEqual([])
    expect((await found(await server.as('chidi'), asked)).toSorted()).toEqual(['o-1', 'o-2'])
    expect(await status(asAda, 'Communication/o-1/_history/1')).toBe(404)
  })
})
