import type { PlanDefinition, RequestGroup } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { programmeEntryToFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeToFhir } from '#domain/programme/programme-fhir.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { bringIn } from '#test-support/worlds/import-answer.ts'
import { frailty, programmesWorld } from '#test-support/worlds/programmes-world.ts'

const label = (code: string) =>
  code === 'R'
    ? { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }
    : { system: 'https://gable.example/codes', code }
const labels = ['R', 'V', 'professional-only', 'restricted', 'sealed'].map((code) =>
  code === 'V' ? { ...label('R'), code } : label(code),
)
const forged = programmeEntryToFhir({
  ...{ id: 'forged', person: graceId, programme: 'frailty', version: 1, title: 'Forged' },
  steps: [
    {
      ...{ kind: 'entered', day: '2026-03-01', at: '2026-03-01T09:00:00Z' },
      by: { reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice: 'professional' },
    },
  ],
})
const callers = ['amina', 'admin', 'grace', 'tom', 'karen', 'ruth', 'chidi', 'stranger']

eachStore('Programmes are kept from plain writes', (open) => {
  async function started() {
    const world = await programmesWorld(open)
    await world.save('admin')
    const { id } = await world.done()
    const entry = await world.read<RequestGroup & { id: string }>(`RequestGroup/${id}`)
    const definition = await world.read<PlanDefinition & { id: string }>('PlanDefinition/frailty')
    const stands = async () => {
      const { rows } = await world.server.sql.query<{ rt: string; vid: number; room: string }>(
        `select rt, vid, room from resource where rt in ('RequestGroup', 'PlanDefinition') order by rt, id`,
      )
      return rows
    }
    return { ...world, entry, definition, stands, before: await stands() }
  }
  const tagged = <R extends RequestGroup | PlanDefinition>(record: R, code: object): R => ({
    ...record,
    meta: { ...record.meta, security: [code] },
  })

  type World = Awaited<ReturnType<typeof started>>

  /** Every plain write that a thief could try, by its path. */
  function plainWrites({ entry, definition }: World): readonly (readonly [string, object])[] {
    const { meta: _meta, ...fresh } = entry
    const another: Programme = { ...frailty, id: 'another', version: 1 }
    const headers = { 'If-Match': 'W/"1"' }
    const puts = [
      ...labels.flatMap((code) => [tagged(entry, code), tagged(definition, code)]),
      { ...entry, status: 'active' as const },
      { ...entry, code: { text: 'Something else' } },
      { ...entry, subject: { reference: 'Patient/other' } },
      { ...definition, title: 'Taken over' },
      { ...definition, type: { text: 'Something else' } },
    ]
    const patches = [
      { op: 'add', path: '/meta/security', value: [labels[0]] },
      { op: 'add', path: '/meta/security', value: [labels[2]] },
      { op: 'replace', path: '/status', value: 'completed' },
      { op: 'remove', path: '/extension' },
      { op: 'remove', path: '/code' },
    ]
    const path = `RequestGroup/${entry.id}`
    const patched = { ...headers, 'Content-Type': 'application/json-patch+json' }
    return [
      ...puts.map((json) => [nameOf(json), { method: 'PUT', json, headers }] as const),
      ...[forged, programmeToFhir(another)].map(
        (json) => [nameOf(json), { method: 'PUT', json }] as const,
      ),
      ...patches.map(
        (each) => [path, { method: 'PATCH', json: [each], headers: patched }] as const,
      ),
      ['RequestGroup', { method: 'POST', json: fresh }],
      [
        `RequestGroup?subject=Patient/${graceId}`,
        { method: 'PUT', json: { ...fresh, status: 'active' } },
      ],
      [path, { method: 'DELETE', headers }],
      ['PlanDefinition/frailty', { method: 'DELETE', headers }],
    ]
  }
  const nameOf = ({ resourceType, id }: Readonly<{ resourceType: string; id: string }>) =>
    `${resourceType}/${id}`

  /** The same in bundles; a batch answers 200 and says in it what was refused. */
  function bundles({ entry }: World): readonly object[] {
    const { meta: _meta, ...fresh } = entry
    const path = `RequestGroup/${entry.id}`
    const labelled = tagged(entry, label('R'))
    const ways = [
      { resource: labelled, request: { method: 'PUT', url: path, ifMatch: 'W/"1"' } },
      { resource: forged, request: { method: 'PUT', url: 'RequestGroup/forged' } },
      { resource: fresh, request: { method: 'POST', url: 'RequestGroup' } },
      { request: { method: 'DELETE', url: path, ifMatch: 'W/"1"' } },
    ]
    return ['transaction', 'batch'].flatMap((type) =>
      ways.map((each) => ({ resourceType: 'Bundle', type, entry: [each] })),
    )
  }

  test('Nobody writes, labels, patches or deletes an entry or a definition by itself, also in a transaction', async () => {
    const world = await started()
    for (const who of callers) {
      const send = await world.server.as(who)
      for (const [path, init] of plainWrites(world)) {
        const { status } = await send(`/fhir/${path}`, init)
        expect(status, `${who} ${JSON.stringify([path, init])}`).toBeGreaterThan(399)
      }
      for (const json of bundles(world)) await send('/fhir', { method: 'POST', json })
      expect(await world.stands(), who).toEqual(world.before)
    }
  })

  test('No file brings an entry or a label of one, and one that holds what stands changes nothing', async () => {
    const { server, entry, definition, stands, before } = await started()
    const admin = await server.as('admin')
    const brought = async (resource: object) => {
      const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource }] }
      await bringIn(admin, JSON.stringify(bundle))
      expect(await stands()).toEqual(before)
    }
    await brought(forged)
    await brought({ ...entry, status: 'completed' })
    for (const code of labels) {
      await brought(tagged(entry, code))
      await brought(tagged(definition, code))
    }
    await brought(entry)
  })

  test('What stands may be written as it is', async () => {
    const { put, entry, definition } = await started()
    expect(await put('amina', entry)).toBe(200)
    expect(await put('admin', definition)).toBe(200)
  })
})
