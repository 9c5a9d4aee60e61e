import type { List, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { arrangedTask } from '#domain/discharge/arranged-task.ts'
import { letterToFhir } from '#domain/discharge/discharge-letter.ts'
import { nothingListed } from '#domain/discharge/medicine-row.ts'
import {
  newReconciliation,
  type ReconciledRow,
  rowsIn,
  withRow,
} from '#domain/discharge/reconciled-row.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-08-29T12:00:00Z')
const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}
const written = { by: amina, at: now.toISOString() }
const about = (id: string) => ({ reference: `Patient/${id}` })
const records: readonly ResourceWithId[] = [
  ...['rahima', 'other'].flatMap((id): readonly ResourceWithId[] => [
    {
      ...{ resourceType: 'Patient', id, birthDate: '1943-02-12' },
      name: [{ family: 'Begum', given: ['Rahima'] }],
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    },
    {
      ...{ resourceType: 'Encounter', id: `home-${id}`, status: 'finished' },
      ...{ class: { code: 'IMP' }, subject: about(id) },
      period: { start: '2026-08-22T09:00:00Z', end: '2026-08-28T16:00:00Z' },
    },
  ]),
]
const ramipril: ReconciledRow = {
  ...{ id: 'ramipril', name: 'Ramipril', before: { says: 'has', how: '5 mg' } },
  ...{ ward: { says: 'not', how: '' }, hand: { says: 'has', how: '' } },
  ...{ why: 'Kidneys', knows: 'Ward 4' },
}
const amlodipine: ReconciledRow = {
  ...ramipril,
  ...{ id: 'amlodipine', name: 'Amlodipine', ward: nothingListed, hand: nothingListed, why: '' },
}
const table = () => newReconciliation('rahima', 'home-rahima', written)

eachStore('After a stay', (open) => {
  async function started() {
    const server = await openHandler({ sql: (await open()).sql, now })
    await server.seed(records, 'brook-surgery')
    const put = async (who: string, record: ResourceWithId, etag?: string | null) =>
      await (await server.as(who))(`/fhir/${record.resourceType}/${record.id}`, {
        ...{ method: 'PUT', json: record },
        headers: etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
      })
    return { put, server }
  }
  const list = async (answer: Response) => (await answer.json()) as List & { id: string }
  const why = async (answer: Response) =>
    [answer.status, (await answer.json()).issue?.[0]?.details?.text ?? ''] as const

  test('each row of medicines is in the name of the one who wrote it, with what became of the medicine', async () => {
    const { put } = await started()
    // the sender says that somebody else wrote it, and that it stayed the same
    const forged = withRow(table(), {
      ...ramipril,
      written: {
        by: { ...amina, reference: 'Practitioner/other', name: 'Other' },
        at: '2020-01-01',
      },
    })
    const first = await put('amina', forged)
    expect(first.status).toBe(201)
    const stored = await list(first)
    expect(rowsIn(stored)[0]?.written).toMatchObject({ by: { name: 'Amina Yusuf' } })
    expect(stored.entry?.[0]).toMatchObject({
      deleted: true,
      flag: { coding: [{ code: 'stopped' }] },
    })

    const second = await put('patel', withRow(stored, amlodipine), first.headers.get('ETag'))
    expect(second.status).toBe(200)
    const rows = rowsIn(await list(second))
    expect(rows.map((row) => [row.name, row.written?.by.name])).toEqual([
      ['Ramipril', 'Amina Yusuf'],
      ['Amlodipine', 'Dr Anil Patel'],
    ])
  })

  test('of two who write at once, the second is told, and no row is lost', async () => {
    const { put } = await started()
    const first = await put('amina', withRow(table(), ramipril))
    const stored = await list(first)
    const etag = first.headers.get('ETag')
    expect((await put('amina', withRow(stored, amlodipine), etag)).status).toBe(200)
    expect((await put('patel', withRow(stored, { ...ramipril, why: 'Cough' }), etag)).status).toBe(
      412,
    )
  })

  test('a row is not removed, has a name, and the table is of a stay of this person', async () => {
    const { put } = await started()
    const first = await put('amina', withRow(table(), ramipril))
    const { entry: _rows, ...empty } = await list(first)
    expect(await why(await put('amina', empty, first.headers.get('ETag')))).toEqual([
      422,
      'A row of medicines is not removed. Say in it what is true now',
    ])
    const other = newReconciliation('other', 'home-other', written)
    const nameless = withRow(other, { ...ramipril, name: ' ' })
    expect((await put('amina', nameless)).status).toBe(422)
    const strange = newReconciliation('other', 'home-rahima', written)
    expect((await put('amina', { ...strange, id: 'medicines-x' })).status).toBe(422)
  })

  test('what has to be in place has one owner and a day, and comes from a stay of this person', async () => {
    const { put } = await started()
    const task = (more: object = {}) =>
      ({
        ...arrangedTask(
          {
            ...{ id: crypto.randomUUID(), person: 'rahima', stay: 'home-rahima' },
            ...{ kind: 'equipment', what: 'Commode', owner: amina, dueOn: '2026-09-03' },
          },
          written,
        ),
        ...more,
      }) as Task & { id: string }
    expect((await put('amina', task())).status).toBe(201)
    expect((await put('amina', task({ owner: undefined }))).status).toBe(422)
    expect((await put('amina', task({ restriction: undefined }))).status).toBe(422)
    const another = { encounter: { reference: 'Encounter/home-other' } }
    expect((await put('amina', task(another))).status).toBe(422)
  })

  test('a letter is a PDF or a document, told by its content; it is somebody’s own act, and stays', async () => {
    const { put } = await started()
    const letter = (data: string, more: object = {}) =>
      letterToFhir({
        ...{ id: crypto.randomUUID(), person: 'rahima', stay: 'home-rahima', title: 'Letter' },
        ...{ contentType: 'application/pdf', data, bytes: 8, by: amina, at: written.at },
        ...more,
      })
    const first = await put('amina', letter(btoa('%PDF-1.7')))
    expect(first.status).toBe(201)
    expect(await why(await put('amina', letter(btoa('MZ program'))))).toEqual([
      422,
      'What is in this file is not what its kind says',
    ])
    const large = btoa(`%PDF-${' '.repeat(2 * 1024 * 1024)}`)
    expect(await why(await put('amina', letter(large)))).toEqual([
      422,
      'This file is larger than 2 MB',
    ])
    const elsewhere = letter(btoa('%PDF-1.7'), { stay: 'home-other' })
    expect((await put('amina', elsewhere)).status).toBe(422)
    expect((await put('patel', letter(btoa('%PDF-1.7')))).status).toBe(403)
    const kept = (await first.json()) as ResourceWithId
    const etag = first.headers.get('ETag')
    const changed = { ...kept, description: 'Another' } as ResourceWithId
    expect((await put('amina', changed, etag)).status).toBe(403)
    const wrong = { ...kept, status: 'entered-in-error' } as ResourceWithId
    expect((await put('amina', wrong, etag)).status).toBe(200)
  })

  test('nobody deletes a letter or the table of medicines', async () => {
    const { put, server } = await started()
    const letter = letterToFhir({
      ...{ id: 'letter', person: 'rahima', stay: 'home-rahima', title: 'Letter', bytes: 8 },
      ...{ contentType: 'application/pdf', data: btoa('%PDF-1.7'), by: amina, at: written.at },
    })
    for (const each of [letter, withRow(table(), ramipril)]) {
      expect((await put('amina', each)).status).toBe(201)
      const path = `/fhir/${each.resourceType}/${each.id}`
      expect((await (await server.as('amina'))(path, { method: 'DELETE' })).status).toBe(403)
      expect((await (await server.as('amina'))(path)).status).toBe(200)
    }
  })
})
