import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type AfterConversation, afterToFhir } from '#domain/preparation/after-conversation.ts'
import { myVoicesParameters, voicesParameters } from '#domain/voice/voices.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const hers = grace.reference.split('/')[1] ?? ''
const now = new Date('2026-06-20T09:00:00.000Z')
const made = (record: object) => record as ResourceWithId

const review = (person: string, id = `review-${person}`) =>
  made({
    ...{ resourceType: 'Communication', id, status: 'completed', sender: amina },
    subject: { reference: `Patient/${person}` },
    category: [{ coding: [{ system: codes, code: 'review' }] }],
    ...{ sent: '2026-06-12T10:00:00Z', payload: [{ contentString: 'We talked' }] },
  })

type More = Partial<AfterConversation>

const said = (person: string, more: More = {}) =>
  afterToFhir({
    ...{ person, review: `review-${person}`, talked: 'yes', decided: 'yes', words: '' },
    by: { reference: `Patient/${person}`, name: 'Herself', voice: 'person' },
    ...{ way: 'own', at: '2026-06-14T12:00:00Z', ...more },
  })

/** Women in their eighties who answered in June without words. */
const neighbours = (count: number) =>
  Array.from({ length: count }, (_, at) => `neighbour-${at}`).flatMap((id) => [
    made({
      ...{ resourceType: 'Patient', id, name: [{ family: id }], gender: 'female' },
      birthDate: '1943-05-01',
    }),
    review(id),
    said(id),
  ])

const openCase = made({
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
})

eachStore('What people told us', (open) => {
  async function among(more: readonly ResourceWithId[]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const others = standing.filter(({ resourceType }) => resourceType !== 'Organization')
    const all = others.map((record) =>
      record.resourceType === 'Patient' && record.id === hers
        ? { ...record, gender: 'female', birthDate: '1941-03-02' }
        : record,
    )
    const records = [...all, openCase, review(hers), ...more].map(made)
    await server.seed([...demoOrganisationRecords('2026-06-20'), ...records], 'brook-surgery')
    return server
  }

  const hersWords = 'My phone call came too late'
  const words = (more: More = {}) => said(hers, { words: hersWords, mayShow: true, ...more })

  async function read(server: OpenHandler, who = 'ruth') {
    const response = await (await server.as(who))('/fhir/$voices')
    expect(response.status, who).toBe(200)
    const body = (await response.json()) as Parameters
    return { ...voicesParameters.read(body), text: JSON.stringify(body) }
  }
  const send = async (server: OpenHandler, who: string, path: string, parameter: object[]) =>
    await (await server.as(who))(`/fhir/${path}`, {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter },
    })
  const leave = async (server: OpenHandler, who: string, yes: boolean) =>
    (
      await send(server, who, `Patient/${hers}/$voice-leave`, [
        { name: 'answer', valueId: `after-review-${hers}` },
        { name: 'leave', valueBoolean: yes },
      ])
    ).status
  const note = async (server: OpenHandler, who: string, [voice, version, text]: Line) =>
    await send(server, who, '$note-voice-change', [
      { name: 'voice', valueId: voice },
      { name: 'version', valueInteger: version },
      { name: 'words', valueString: text },
    ])
  type Line = readonly [string, number, string]
  const mine = async (server: OpenHandler) => {
    const response = await (await server.as('grace'))(`/fhir/Patient/${hers}/$my-voices`)
    return myVoicesParameters.read((await response.json()) as Parameters)
  }
  const sayNo = async (server: OpenHandler) =>
    await server.sql.query(`update person_row set opted_out = '{planning}' where person = $1`, [
      hers,
    ])

  test('is shown with leave alone, and is gone at once when the person takes it back', async () => {
    const server = await among([words({ mayShow: false })])
    expect((await read(server)).voices).toEqual([])
    expect(await leave(server, 'grace', true)).toBe(200)
    const { voices, text } = await read(server, 'karen')
    expect(voices.map(({ words: each }) => each)).toEqual([hersWords])
    for (const secret of [hers, 'Okafor', 'review-', '1941']) expect(text).not.toContain(secret)
    expect(await leave(server, 'grace', false)).toBe(200)
    expect((await read(server)).voices).toEqual([])
  })

  test('is let out and taken back by nobody but the person', async () => {
    const server = await among([words()])
    for (const who of ['amina', 'chidi', 'ruth', 'admin'])
      expect(await leave(server, who, false), who).toBeGreaterThanOrEqual(403)
    expect((await read(server)).voices).toHaveLength(1)
    const other = await among([])
    const nurse = { reference: amina.reference, name: 'Amina', voice: 'professional' as const }
    const put = async (who: string, record: ResourceWithId) =>
      (
        await (
          await other.as(who)
        )(`/fhir/QuestionnaireResponse/${record.id}`, {
          ...{ method: 'PUT', json: record },
        })
      ).status
    expect(await put('amina', words({ by: nurse, way: 'paper' }))).toBe(403)
    expect(await put('amina', words({ by: nurse, way: 'paper', mayShow: false }))).toBe(201)
    expect(await leave(other, 'grace', true), 'what a nurse wrote down').toBe(404)
  })

  test('says age, sex and month only where five such people answered', async () => {
    const four = await among([words(), ...neighbours(3)])
    expect((await read(four)).voices[0]?.who).toBeUndefined()
    const five = await among([words({ language: 'ur' }), ...neighbours(4)])
    const [voice] = (await read(five)).voices
    expect(voice?.who).toEqual({ sex: 'female', band: 80, month: '2026-06' })
    expect(voice?.language).toBe('ur')
  })

  test('leaves out who said no to planning, who died, and what is restricted', async () => {
    const server = await among([words()])
    await sayNo(server)
    expect((await read(server)).voices).toEqual([])
    expect((await mine(server)).isLeftOut).toBe(true)
    expect(await leave(server, 'grace', false)).toBe(200)
    expect(await leave(server, 'grace', true)).toBe(422)
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }
    const closed = await among([made({ ...words(), meta: { security: [label] } })])
    expect((await read(closed)).voices).toEqual([])
    const alive = standing.find(({ id }) => id === hers)
    const dead = await among([words(), made({ ...alive, deceasedDateTime: '2026-06-16' })])
    expect((await read(dead)).voices).toEqual([])
  })

  test('is followed by what was changed, which the person reads, and which keeps what stood before', async () => {
    const server = await among([words()])
    const [voice] = (await read(server)).voices
    const id = voice?.id ?? ''
    expect((await note(server, 'ruth', [id, 0, ' '])).status).toBe(422)
    expect((await note(server, 'ruth', [id, 0, 'x'.repeat(2001)])).status).toBe(422)
    expect((await note(server, 'grace', [id, 0, 'Mine'])).status).toBe(403)
    expect((await note(server, 'ruth', [id, 0, 'We ring before noon'])).status).toBe(200)
    expect((await note(server, 'ruth', [id, 0, 'Another'])).status, 'an old version').toBe(409)
    expect((await note(server, 'amina', [id, 1, 'We ring before ten'])).status).toBe(200)
    const [change] = (await read(server)).voices[0]?.changes ?? []
    expect(change).toMatchObject({ words: 'We ring before ten', on: '2026-06-20', version: 2 })
    expect(change?.earlier.map(({ words: each }) => each)).toEqual(['We ring before noon'])
    expect((await read(server, 'karen')).voices[0]?.changes[0]?.mayChange).toBe(false)
    const [told] = (await mine(server)).voices
    expect(told?.changes).toMatchObject([{ words: 'We ring before ten', on: '2026-06-20' }])
    expect(await leave(server, 'grace', false)).toBe(200)
    expect((await mine(server)).voices[0]?.changes).toHaveLength(1)
    expect((await note(server, 'ruth', [id, 2, 'Later'])).status, 'not shown any more').toBe(404)
  })

  test('and what was changed is written through no other door', async () => {
    const server = await among([words()])
    const id = (await read(server)).voices[0]?.id ?? ''
    await note(server, 'ruth', [id, 0, 'We ring before noon'])
    const nurse = await server.as('amina')
    const { rows } = await server.sql.query<{ id: string }>(
      `select id from resource where rt = 'Basic' and person = $1`,
      [hers],
    )
    const kept = await (await nurse(`/fhir/Basic/${rows[0]?.id}`)).json()
    const path = `/fhir/Basic/${kept?.id}`
    const forged = { ...kept, extension: kept?.extension.slice(0, 1) }
    const put = await nurse(path, {
      ...{ method: 'PUT', json: forged, headers: { 'If-Match': 'W/"1"' } },
    })
    expect(put.status).toBe(403)
    expect((await nurse(path, { method: 'DELETE' })).status).toBe(403)
  })
})
