import type { Bundle } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { counting } from '#test-support/servers/counting-sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  bringIn,
  bundleOf,
  comingPatient,
  coughOf,
  countsOf,
  openForImport,
  reasonsOf,
} from '#test-support/worlds/import-answer.ts'

eachStore('Import', (open) => {
  test('imports the valid records of a collection and names the others', async () => {
    const { amina } = await openForImport(open)
    const body = bundleOf('collection', [
      comingPatient('p1'),
      coughOf('c1', 'Patient/p1'),
      coughOf('c2', 'Patient/unknown'),
      { ...coughOf('c3', 'Patient/p1'), colour: 'red' },
    ])
    const { answer } = await bringIn(amina, body)
    expect(countsOf(answer)).toEqual({
      created: 2,
      updated: 0,
      unchanged: 0,
      keptOurs: 0,
      refused: 2,
    })
    expect(reasonsOf(answer)).toEqual([
      'Patient/unknown is not in this import, and you have no access to such a record',
      'Condition.colour is not an element of this type',
    ])
  })

  test('imports NDJSON line by line, and names a broken line', async () => {
    const { amina } = await openForImport(open)
    const body = `${JSON.stringify(comingPatient('p1'))}\n{"resourceType":"Pat\n`
    const { answer } = await bringIn(amina, body, 'application/fhir+ndjson')
    expect(countsOf(answer)).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      keptOurs: 0,
      refused: 1,
    })
  })

  describe('a record changed here since it was imported', () => {
    const file = (text: string) =>
      bundleOf('collection', [
        comingPatient('p1'),
        { ...coughOf('c1', 'Patient/p1'), code: { text } },
      ])
    const textOf = async (amina: Caller) =>
      (await (await amina('/fhir/Condition/c1')).json()).code.text
    const correct = (amina: Caller) =>
      amina('/fhir/Condition/c1', {
        method: 'PUT',
        json: { ...coughOf('c1', 'Patient/p1'), code: { text: 'Whooping cough' } },
        headers: { 'If-Match': 'W/"1"' },
      })

    test('is kept, counted and named by every further import', async () => {
      const { amina } = await openForImport(open)
      await bringIn(amina, file('Cough'))
      expect((await correct(amina)).status).toBe(200)
      for (const body of [file('Cough'), file('Dry cough'), file('Dry cough')]) {
        const { answer } = await bringIn(amina, body)
        const counts = { created: 0, updated: 0, unchanged: 1, keptOurs: 1, refused: 0 }
        expect(countsOf(answer)).toEqual(counts)
        const kept = answer.parameter?.filter((each) => each.name === 'keptOurs') ?? []
        expect(kept.map((each) => each.part)).toEqual([
          [
            { name: 'index', valueInteger: 1 },
            { name: 'type', valueString: 'Condition' },
            { name: 'id', valueString: 'c1' },
          ],
        ])
        expect(await textOf(amina)).toBe('Whooping cough')
      }
    })

    test('is kept in a transaction too, and the other records are imported', async () => {
      const { amina } = await openForImport(open)
      await bringIn(amina, file('Cough'))
      await correct(amina)
      const whole = JSON.parse(file('Dry cough')) as Bundle
      const more = { resource: coughOf('c2', 'Patient/p1') }
      const entry = [...(whole.entry ?? []), more]
      const body = JSON.stringify({ ...whole, type: 'transaction', entry })
      const { answer } = await bringIn(amina, body)
      expect(countsOf(answer)).toMatchObject({ created: 1, unchanged: 1, keptOurs: 1, refused: 0 })
      expect(await textOf(amina)).toBe('Whooping cough')
    })

    test('is not restored when it was deleted here', async () => {
      const { amina } = await openForImport(open)
      await bringIn(amina, file('Cough'))
      expect((await amina('/fhir/Condition/c1', { method: 'DELETE' })).status).toBe(204)
      const { answer } = await bringIn(amina, file('Cough'))
      expect(countsOf(answer)).toMatchObject({ created: 0, unchanged: 1, keptOurs: 1 })
      expect((await amina('/fhir/Condition/c1')).status).toBe(410)
    })

    test('is updated by the source again only while nobody changed it here', async () => {
      const { amina } = await openForImport(open)
      await bringIn(amina, file('Cough'))
      const { answer } = await bringIn(amina, file('Dry cough'))
      expect(countsOf(answer)).toMatchObject({ updated: 1, unchanged: 1, keptOurs: 0 })
      expect(await textOf(amina)).toBe('Dry cough')
    })
  })

  test('does not overwrite the record of a person without access', async () => {
    const server = await openForImport(open)
    await server.seed([{ resourceType: 'Patient', id: 'p1', active: true }], 'somewhere-else')
    const { answer } = await bringIn(server.amina, bundleOf('collection', [comingPatient('p1')]))
    expect(countsOf(answer)).toMatchObject({ created: 0, updated: 0, refused: 1 })
  })

  test.each(['karen', 'grace', 'chidi', 'ruth', 'stranger'])(
    'is refused for %s',
    async (identity) => {
      const server = await openForImport(open)
      const { status } = await bringIn(
        await server.as(identity),
        bundleOf('collection', [comingPatient('p1')]),
      )
      expect(status).toBe(403)
    },
  )

  test('changes roles and identifiers of staff only for an administrator', async () => {
    const server = await openForImport(open)
    const role = {
      resourceType: 'PractitionerRole',
      id: 'r1',
      practitioner: { reference: 'Practitioner/amina-yusuf' },
      organization: { reference: 'Organization/brook-surgery' },
      code: [{ coding: [{ system: 'https://gable.example/codes', code: 'admin' }] }],
    }
    const sam = { resourceType: 'Practitioner', id: 'sam', identifier: [{ value: 'sam' }] }
    await server.seed([sam as ResourceWithId])
    const body = bundleOf('collection', [role, { ...sam, identifier: [{ value: 'amina' }] }])
    const tried = await bringIn(await server.as('amina'), body)
    expect(reasonsOf(tried.answer)).toEqual([
      expect.stringMatching(/An administrator gives rights to staff/),
    ])
    const now = await (await server.as('admin'))('/fhir/Practitioner/sam')
    expect((await now.json()).identifier).toEqual([{ value: 'sam' }])
    expect(reasonsOf((await bringIn(await server.as('admin'), body)).answer)).toEqual([])
  })

  test('refuses agreements', async () => {
    const { amina } = await openForImport(open)
    const agreement = {
      resourceType: 'Provenance',
      target: [{ reference: 'Patient/p1' }],
      recorded: '2026-03-02T09:00:00Z',
      activity: { coding: [{ system: 'https://gable.example/codes', code: 'agree' }] },
      agent: [{ who: { reference: 'Patient/p1' } }],
    }
    const { answer } = await bringIn(
      amina,
      bundleOf('collection', [comingPatient('p1'), agreement]),
    )
    expect(reasonsOf(answer)).toEqual([
      'Agreement and consent must be given here. They cannot be imported',
    ])
  })
  const peopleOf = (name: string, many: number) =>
    bundleOf(
      'collection',
      Array.from({ length: many }, (_, at) => comingPatient(`${name}-${at}`)),
    )

  test('needs no more database queries for twenty people than for two', async () => {
    const { sql } = await open()
    const statements = { count: 0 }
    const amina = await (await openHandler({ sql: counting(sql, statements) })).as('amina')
    // the table is analysed beforehand, so that neither import triggers it
    await sql.script('analyze')
    const costOf = async (body: string) => {
      statements.count = 0
      const { answer } = await bringIn(amina, body)
      expect(countsOf(answer)).toMatchObject({ refused: 0 })
      return statements.count
    }
    const two = await costOf(peopleOf('two', 2))
    expect(await costOf(peopleOf('twenty', 20))).toBe(two)
  })

  test('updates the planner’s statistics after many records', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    // space left by other tests is freed, so that the growth of the table is visible
    await sql.script('vacuum full resource')
    await sql.script('analyze resource')
    const wide = Array.from({ length: 400 }, (_, at) => ({
      ...comingPatient(`wide-${at}`),
      address: [{ text: 'A long way out of town '.repeat(30) }],
    }))
    const { answer } = await bringIn(await server.as('amina'), bundleOf('collection', wide))
    expect(countsOf(answer)).toMatchObject({ created: 400 })
    const { rows } = await sql.query<{ count: number }>(
      `select reltuples::integer as count from pg_class where oid = 'resource'::regclass`,
    )
    expect(rows[0]?.count).toBeGreaterThan(390)
  })
})
