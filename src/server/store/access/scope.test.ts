import { describe, expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Store } from '#server/store/store.ts'
import { gateOff } from '#test-support/access/row-security-only.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const subject = (id: string) => ({ reference: `Patient/${id}` })
const professional = [{ system: 'https://gable.example/codes', code: 'professional-only' }]

const records: readonly ResourceWithId[] = [
  { resourceType: 'Organization', id: 'brook', name: 'Brook' },
  { resourceType: 'Organization', id: 'far', name: 'Far' },
  {
    resourceType: 'PractitionerRole',
    id: 'karen-role',
    practitioner: { reference: 'Practitioner/karen' },
  },
  {
    resourceType: 'Patient',
    id: 'ours',
    name: [{ family: 'Ours' }],
    generalPractitioner: [{ reference: 'Organization/brook' }],
  },
  {
    resourceType: 'Patient',
    id: 'foreign',
    name: [{ family: 'Foreign' }],
    generalPractitioner: [{ reference: 'Organization/far' }],
    link: [{ other: subject('ours'), type: 'seealso' }],
  },
  {
    resourceType: 'Observation',
    id: 'o-ours',
    status: 'final',
    code: {},
    subject: subject('ours'),
    hasMember: [{ reference: 'Observation/o-foreign' }],
  },
  {
    resourceType: 'Observation',
    id: 'o-foreign',
    status: 'final',
    code: { coding: [{ code: 'secret' }] },
    subject: subject('foreign'),
    hasMember: [{ reference: 'Observation/o-ours' }],
  },
  {
    resourceType: 'Goal',
    id: 'g-ours',
    lifecycleStatus: 'active',
    description: {},
    subject: subject('ours'),
  },
  {
    resourceType: 'Communication',
    id: 'note',
    status: 'completed',
    subject: subject('ours'),
    meta: { security: professional },
  },
  {
    resourceType: 'Group',
    id: 'both',
    type: 'person',
    actual: true,
    member: [{ entity: subject('ours') }, { entity: subject('foreign') }],
  },
  {
    resourceType: 'CarePlan',
    id: 'plan',
    status: 'active',
    intent: 'plan',
    subject: subject('foreign'),
  },
  {
    resourceType: 'Provenance',
    id: 'agreed',
    recorded: '2026-01-01T00:00:00Z',
    agent: [{ who: { display: 'x' } }],
    target: [{ reference: 'CarePlan/plan/_history/1' }],
  },
]

const related: Scope = { people: { kind: 'related', organisation: 'brook', practitioner: 'karen' } }
const nobody: Scope = { people: { kind: 'none' } }
const carer: Scope = {
  people: { kind: 'listed', people: [{ person: 'ours', rooms: ['me', 'conversation'] }] },
}
const everyone: Scope = { people: { kind: 'all' } }

const nets = [
  ['by the store’s own conditions', (store: Store) => store],
  ['with the conditions off, by row-level security alone', gateOff],
] as const

eachStore('the access scope', (open) => {
  describe.each(nets)('%s', (_title, netOver) => shows(open, netOver))
})

function shows(open: () => Promise<{ store: Store }>, netOver: (store: Store) => Store): void {
  const filled = async () => {
    const { store } = await open()
    await store.writeMany(records.map((resource) => ({ resource, expect: 'absent' })))
    return netOver(store)
  }
  const found = async (store: Store, query: string, scope: Scope) => {
    const [type = '', params = ''] = query.split('?')
    const { matches, included, total } = await store.search(
      type,
      new URLSearchParams(params),
      scope,
    )
    return { ids: [...matches, ...included].map((each) => each.id).join(' '), total }
  }

  test('records of other people are absent from read, search, totals, history and $everything', async () => {
    const store = await filled()
    await store.write({
      resource: { resourceType: 'Patient', id: 'foreign' },
      expect: { version: 1 },
    })
    for (const scope of [related, carer, nobody]) {
      expect(await store.read('Patient', 'foreign', scope)).toBeUndefined()
      expect(await store.readVersion('Patient', 'foreign', 1, scope)).toBeUndefined()
      expect(await store.mayReach('foreign', scope)).toBe(false)
      const history = await store.history({ type: 'Patient', count: 9, offset: 0 }, scope)
      expect(history.entries.some((each) => each.id === 'foreign')).toBe(false)
      expect(history.total).toBe(history.entries.length)
      const whole = await store.everything('foreign', scope, { count: 9, offset: 0 })
      expect(whole).toEqual({ resources: [], total: 0 })
      expect(await store.match('Patient', new URLSearchParams('_id=foreign'), scope, 2)).toEqual([])
    }
    expect(await found(store, 'Patient?_total=accurate', related)).toEqual({
      ids: 'ours',
      total: 1,
    })
    expect(await found(store, 'Patient?_total=accurate', nobody)).toEqual({ ids: '', total: 0 })
    expect((await found(store, 'Patient?_total=accurate', everyone)).total).toBe(2)
  })

  test('a deleted record of another person is not in the history', async () => {
    const store = await filled()
    await store.remove('Observation', 'o-foreign', 'anything')
    const history = (scope: Scope) =>
      store.history({ type: 'Observation', id: 'o-foreign', count: 9, offset: 0 }, scope)
    expect((await history(related)).total).toBe(0)
    expect((await history(everyone)).total).toBe(2)
  })

  test.each([
    ['Observation?_include=Observation:has-member', 'o-ours'],
    ['Observation?_id=o-ours&_revinclude=*', 'o-ours'],
    ['Patient?_revinclude:iterate=*', 'ours note g-ours o-ours'],
    ['Patient?_has:Observation:patient:code=secret', ''],
    ['Observation?has-member:Observation.code=secret', ''],
    ['Observation?_has:Observation:has-member:code=secret', ''],
    ['Group?', ''],
    ['Provenance?', ''],
    ['Organization?', 'brook far'],
  ])('%s finds only people within the scope', async (query, expected) => {
    const store = await filled()
    expect((await found(store, query, related)).ids).toBe(expected)
  })

  test('a carer sees the shared rooms, and never professional-only records', async () => {
    const store = await filled()
    expect((await found(store, 'Goal?', carer)).ids).toBe('g-ours')
    expect((await found(store, 'Observation?', carer)).ids).toBe('')
    expect((await found(store, 'Communication?', carer)).ids).toBe('')
    expect(await store.mayReach('ours', carer)).toBe(true)
    const whole = await store.everything('ours', carer, { count: 9, offset: 0 })
    expect(whole.resources.map((each) => each.id)).toEqual(['ours', 'g-ours', 'brook'])
  })

  test('a record without a person belongs to the person of the record it refers to', async () => {
    const store = await filled()
    expect(await store.read('Provenance', 'agreed', everyone)).toMatchObject({ person: 'foreign' })
  })
}
