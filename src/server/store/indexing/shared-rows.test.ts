import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { reindex } from '#server/store/data-migrations/reindex.ts'
import { parameterKey } from '#server/store/token-hash.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { referenceKey, valueKeys } from './shared-rows.ts'

const all = { people: { kind: 'all' } } as const

const records = [
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Bennet' }] },
  { resourceType: 'Patient', id: 'q', name: [{ family: 'Shaw' }] },
  { resourceType: 'Device', id: 'pump' },
  {
    ...{ resourceType: 'Observation', id: 'weight', status: 'final', code: { text: 'Weight' } },
    ...{ subject: { reference: 'Patient/p' }, valueQuantity: { value: 72, unit: 'kg' } },
  },
  {
    ...{ resourceType: 'Observation', id: 'pressure', status: 'final', code: { text: 'Pressure' } },
    subject: { reference: 'Patient/q' },
    component: [{ code: { text: 'Upper' }, valueQuantity: { value: 140, unit: 'mm' } }],
  },
  {
    ...{ resourceType: 'Observation', id: 'charge', status: 'final', code: { text: 'Charge' } },
    subject: { reference: 'Device/pump' },
  },
] as unknown as readonly ResourceWithId[]

eachStore('Rows of the index that several parameters share', (open) => {
  async function started() {
    const { sql, store } = await open()
    await store.writeMany(records.map((resource) => ({ resource, expect: 'absent' as const })))
    const found = async (query: string) => {
      const [type = '', params] = query.split('?')
      const { matches, included } = await store.search(type, new URLSearchParams(params), all)
      return [...matches, ...included].map(({ id }) => id).join(' ')
    }
    return { sql, found }
  }

  const asked: readonly (readonly [string, string])[] = [
    ['Observation?patient=p', 'weight'],
    ['Observation?patient=Patient/q', 'pressure'],
    ['Observation?patient.name=Bennet', 'weight'],
    ['Observation?patient:Patient.name=Shaw', 'pressure'],
    ['Observation?patient:missing=true', 'charge'],
    ['Observation?patient:missing=false&_sort=_id', 'pressure weight'],
    ['Patient?_has:Observation:patient:status=final&_sort=_id', 'p q'],
    ['Device?_has:Observation:patient:status=final', ''],
    ['Device?_has:Observation:subject:status=final', 'pump'],
    ['Observation?_id=weight&_include=Observation:patient', 'weight p'],
    ['Observation?_id=charge&_include=Observation:patient', 'charge'],
    ['Observation?_id=charge&_include=Observation:subject', 'charge pump'],
    ['Observation?_id=weight&_include=*:patient', 'weight p'],
    ['Patient?_id=q&_revinclude=Observation:patient', 'q pressure'],
    ['Device?_id=pump&_revinclude=Observation:patient', 'pump'],
    ['Observation?combo-value-quantity=gt100', 'pressure'],
    ['Observation?combo-value-quantity=lt100', 'weight'],
    ['Observation?value-quantity=gt100', ''],
    [
      'Observation?combo-value-quantity:missing=false&_sort=combo-value-quantity',
      'weight pressure',
    ],
  ]

  test('are found by each of them, and by none that does not say it', async () => {
    const { found } = await started()
    for (const [query, names] of asked) expect([query, await found(query)]).toEqual([query, names])
  })

  test('are written once', async () => {
    const { sql } = await started()
    const { rows } = await sql.query<{ key: number; many: number }>(
      `select key, count(*)::int as many from ref where key is not null group by key`,
    )
    expect(rows).toEqual([{ key: referenceKey('Observation', 'subject'), many: 3 }])
    expect(referenceKey('Observation', 'patient')).toBe(referenceKey('Observation', 'subject'))
    // its patient is no subject
    expect(referenceKey('Immunization', 'patient')).toBe(parameterKey('Immunization', 'patient'))
    const { rows: values } = await sql.query(
      `select 1 from sp where key = ${parameterKey('Observation', 'combo-value-quantity')}`,
    )
    expect(values).toEqual([])
    expect(valueKeys('Observation', 'combo-value-quantity')).toHaveLength(2)
  })

  test('of an earlier version are taken away, and everything is found as before', async () => {
    const { sql, found } = await started()
    const [patient, combo] = ['patient', 'combo-value-quantity'].map((code) =>
      parameterKey('Observation', code),
    )
    await sql.query(
      `insert into link (rid, key, person, room, to_rt, to_id)
       select rid, ${patient}, person, room, to_rt, to_id from ref where to_rt = 'Patient' and key is not null`,
    )
    await sql.query(
      `insert into sp (rid, key, person, room, lo, hi)
       select rid, ${combo}, person, room, lo, hi from sp where key = ${valueKeys('Observation', 'value-quantity')[0]}`,
    )
    await reindex(sql)
    const { rows } = await sql.query(
      `select 1 from ref where key = ${patient} union all select 1 from sp where key = ${combo}`,
    )
    expect(rows).toEqual([])
    for (const [query, names] of asked) expect([query, await found(query)]).toEqual([query, names])
  })
})
