import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import {
  rosterAnswer,
  undoListRequest,
  wholeListAnswer,
  wholeListRequest,
} from '#domain/roster/roster-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const brook = { reference: 'Organization/brook-surgery' }
const registered = (start: string) => ({
  ...brook,
  extension: [{ url: 'https://gable.example/fhir/registered', valuePeriod: { start } }],
})
const somebody = (id: string, start = '2024-01-01'): ResourceWithId =>
  ({
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [registered(start)],
  }) as ResourceWithId

eachStore('The registered list', (open) => {
  async function started(people = 12) {
    const { sql } = await open()
    const now = new Date('2026-03-10T09:00:00Z')
    const server = await openHandler({ sql, now })
    const ids = Array.from({ length: people }, (_, at) => `P${String(at).padStart(2, '0')}`)
    await server.seed(ids.map((id) => somebody(id)))
    const [amina, ruth] = [await server.as('amina'), await server.as('ruth')]
    let signedIn = await server.as('admin')
    const admin: typeof signedIn = (...sent) => signedIn(...sent)
    const roster = async (query = '', by = admin) => {
      const answer = await by(`/fhir/Patient/$roster?organisation=brook-surgery${query}`)
      expect(answer.status).toBe(200)
      return rosterAnswer.read((await answer.json()) as Parameters)
    }
    const take = async (rows: readonly string[], more: object = {}, by = admin) => {
      const asked = { organisation: 'brook-surgery', date: '2026-03-10', count: rows.length }
      const json = wholeListRequest.write({ ...asked, rows: rows.join('\n'), reason: '', ...more })
      return await by('/fhir/$take-whole-list', { method: 'POST', json })
    }
    const put = async (patient: ResourceWithId) =>
      (
        await admin(`/fhir/Patient/${patient.id}`, {
          ...{ method: 'PUT', json: patient },
          headers: { 'If-Match': 'W/"1"' },
        })
      ).status
    const later = async (days: number) => {
      server.pass(days * 24 * 60)
      signedIn = await server.as('admin')
    }
    return { ...server, ids, admin, amina, ruth, roster, take, put, later }
  }
  const read = async (answer: Response) => wholeListAnswer.read((await answer.json()) as Parameters)
  const count = (of: { count: number } | { fewerThan: number }) => ('count' in of ? of.count : -1)

  test('says who was ours on any day, and keeps it when a record changes later', async () => {
    const { roster, put, later } = await started(3)
    expect((await roster()).members.map(({ id, onDay }) => `${id} ${onDay}`)).toEqual([
      'P00 2024-01-01',
      'P01 2024-01-01',
      'P02 2024-01-01',
    ])
    expect((await roster('&date=2023-12-31')).people).toEqual({ count: 0 })
    await later(41)
    const elsewhere = { reference: 'Organization/elsewhere-clinic' }
    expect(await put({ ...somebody('P00'), generalPractitioner: [elsewhere] } as never)).toBe(200)
    expect(await put({ ...somebody('P01'), deceasedDateTime: '2026-04-02' } as never)).toBe(200)
    const now = await roster()
    expect(now.members.map(({ id }) => id)).toEqual(['P02'])
    expect(now.gone.map(({ id, why, onDay }) => `${id} ${why} ${onDay}`)).toEqual([
      'P00 moved-practice 2026-04-20',
      'P01 died 2026-04-02',
    ])
    expect(now.months.at(-1)).toMatchObject({
      ...{ month: '2026-04', people: { count: 1 }, left: { count: 2 } },
      ...{ moved: { count: 1 }, died: { count: 1 } },
    })
    expect((await roster('&date=2026-03-31')).members).toHaveLength(3)
  })

  test('a death that was recorded by mistake is taken back', async () => {
    const { roster, admin, put } = await started(1)
    await put({ ...somebody('P00'), deceasedDateTime: '2026-03-02' } as never)
    expect((await roster()).people).toEqual({ count: 0 })
    const again = await admin('/fhir/Patient/P00', {
      ...{ method: 'PUT', json: somebody('P00') },
      headers: { 'If-Match': 'W/"2"' },
    })
    expect(again.status).toBe(200)
    expect((await roster()).people).toEqual({ count: 1 })
  })

  test('a whole list marks those who are not on it as left, deletes nothing, and can be taken back', async () => {
    const { ids, roster, take, admin, later, wait } = await started(12)
    await later(5)
    const rows = ids.slice(1)
    const seen = await read(await take(rows))
    expect(seen).toMatchObject({ taken: false, onRoster: 12, leaving: 1, tooMany: false })
    expect(seen.people.map(({ id }) => id)).toEqual(['P00'])
    expect((await roster()).people).toEqual({ count: 12 })
    const taken = await read(await take(rows, { confirm: 1 }))
    expect(taken.taken).toBe(true)
    const after = await roster()
    expect(after.gone.map(({ id, why }) => `${id} ${why}`)).toEqual(['P00 not-on-list'])
    expect(after.lists).toMatchObject([{ people: { count: 11 }, gone: { count: 1 } }])
    expect((await admin('/fhir/Patient/P00')).status).toBe(200)
    // the record still names the practice: that alone brings nobody back
    await admin('/fhir/Patient/P00', {
      ...{ method: 'PUT', json: { ...somebody('P00'), gender: 'female' } },
      headers: { 'If-Match': 'W/"1"' },
    })
    expect((await roster()).people).toEqual({ count: 11 })
    // a later list has them again
    wait(1)
    const next = await read(await take(ids, { confirm: 0 }))
    expect(next.joining).toBe(1)
    expect((await roster()).people).toEqual({ count: 12 })
    const undo = async (list: string) => {
      const reason = 'It was the list of another month'
      const json = undoListRequest.write({ list, reason })
      return (await admin('/fhir/$undo-whole-list', { method: 'POST', json })).status
    }
    // the later one was compared with it
    expect(await undo(taken.list)).toBe(409)
    expect((await roster()).lists.map(({ mayUndo }) => mayUndo)).toEqual([true, false])
    expect(await undo(next.list)).toBe(200)
    expect((await roster()).people).toEqual({ count: 11 })
    expect(await undo(next.list)).toBe(409)
    expect(await undo(taken.list)).toBe(200)
    expect((await roster()).lists.map(({ undone }) => undone)).toEqual([true, true])
    expect((await roster()).gone).toEqual([])
  })

  test('a list that was cut makes nobody leave', async () => {
    const { ids, roster, take } = await started(12)
    const cut = ids.slice(0, 6)
    // its system says 12, and it has 6 rows
    expect((await take(cut, { count: 12, confirm: 6 })).status).toBe(422)
    // half of the practice: only with a reason
    expect((await read(await take(cut))).tooMany).toBe(true)
    expect((await take(cut, { confirm: 6 })).status).toBe(422)
    expect((await take([...ids, 'nobody'], { confirm: 0 })).status).toBe(422)
    expect((await take(ids.slice(1), { confirm: 5 })).status).toBe(409)
    expect((await take([], { confirm: 12 })).status).toBe(422)
    expect((await take(ids, { date: '2026-03-11' })).status).toBe(422)
    expect((await roster()).people).toEqual({ count: 12 })
    const reason = 'The practice was split in two'
    expect((await take(cut, { confirm: 6, reason })).status).toBe(200)
    expect((await roster()).people).toEqual({ count: 6 })
  })

  test('a manager sees counts in fives and nobody, and who says no to planning is in none', async () => {
    const { roster, ruth, seed, ids } = await started(14)
    await seed([
      {
        ...optOutToFhir({ person: ids[0] ?? '', kind: 'planning', stands: true }),
        dateTime: '2026-03-01T10:00:00Z',
      },
      {
        ...optOutToFhir({ person: ids[1] ?? '', kind: 'finding', stands: true }),
        dateTime: '2026-02-01T10:00:00Z',
      },
    ] as never)
    const seen = await roster('', ruth)
    expect(seen).toMatchObject({ rounded: true, members: [], came: [], gone: [] })
    expect(seen.people).toEqual({ count: 15 })
    expect(seen.months.every(({ people }) => count(people) % 5 === 0 || count(people) === -1)).toBe(
      true,
    )
    const exact = await roster()
    expect(exact.people).toEqual({ count: 14 })
    expect(exact.saidNo).toEqual({ count: 2 })
    expect(exact.months.slice(-2).map(({ saidNo }) => saidNo)).toEqual([{ count: 1 }, { count: 1 }])
  })

  test('only an importer of the practice says that a list is whole', async () => {
    const { ids, take, amina, ruth, as } = await started(2)
    expect((await take(ids, {}, amina)).status).toBe(200)
    expect((await take(ids, { organisation: 'elsewhere-clinic' }, amina)).status).toBe(403)
    expect((await take(ids, {}, ruth)).status).toBe(403)
    expect((await take(ids, {}, await as('karen'))).status).toBe(403)
    const grace = await as('grace')
    expect((await grace('/fhir/Patient/$roster')).status).toBe(403)
  })
})
