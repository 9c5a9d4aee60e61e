import type { Patient, PractitionerRole } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Store } from '#server/store/store.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { rlsSessionOf } from './rls-session.ts'

const subject = { reference: 'Patient/p' }
const restricted = {
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
}
const scopeOf = (practitioner: string, organisation: string): Scope => ({
  people: { kind: 'related', practitioner, organisation },
})
const named = scopeOf('karen', 'council')
const colleague = scopeOf('somebody', 'brook')
const herself: Scope = {
  people: {
    kind: 'listed',
    people: [{ person: 'p', rooms: ['me', 'record', 'own', 'restricted'] }],
  },
}
const carer: Scope = {
  people: { kind: 'listed', people: [{ person: 'p', rooms: ['me', 'record'] }] },
}

const patient = (more: Partial<Patient> = {}): Patient & { id: string } => ({
  resourceType: 'Patient',
  id: 'p',
  generalPractitioner: [{ reference: 'Organization/brook' }],
  ...more,
})
const role = (more: Partial<PractitionerRole> = {}): PractitionerRole & { id: string } => ({
  resourceType: 'PractitionerRole',
  id: 'karen-role',
  practitioner: { reference: 'Practitioner/karen' },
  organization: { reference: 'Organization/council' },
  ...more,
})
const team = (member: string): ResourceWithId => ({
  resourceType: 'CareTeam',
  id: 't',
  subject,
  participant: [{ member: { reference: member } }],
})
const condition = (more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Condition', id: 'c', subject, code: { text: 'Something private' } },
  ...more,
})

eachStore('Named access', (open) => {
  const filled = async (...records: readonly ResourceWithId[]) => {
    const { store, sql } = await open()
    await store.writeMany(records.map((resource) => ({ resource, expect: 'anything' })))
    return { store, sql }
  }
  const put = (store: Store, resource: ResourceWithId) =>
    store.write({ resource, expect: 'anything' })
  const reads = async (store: Store, type: string, id: string) =>
    await Promise.all(
      [named, colleague, herself, carer].map(
        async (scope) => (await store.read(type, id, scope)) !== undefined,
      ),
    )

  test('a restricted record is read by named professionals and the person, not by colleagues or carers', async () => {
    const { store } = await filled(patient(), team('Practitioner/karen'), condition())
    expect(await reads(store, 'Condition', 'c')).toEqual([true, true, true, true])
    await put(store, condition({ meta: restricted }))
    expect(await reads(store, 'Condition', 'c')).toEqual([true, false, true, false])
    const history = await store.history({ type: 'Condition', count: 9, offset: 0 }, colleague)
    expect(history.total).toBe(0)
  })

  test('restricted readings affect no search, count or order, however common their code is', async () => {
    const code = { coding: [{ system: 's', code: 'x' }] }
    const reading = (id: string, of: string, more: object = {}): ResourceWithId => ({
      ...{
        resourceType: 'Observation',
        id,
        status: 'final',
        code,
        effectiveDateTime: '2026-01-01',
      },
      ...{ subject: { reference: `Patient/${of}` }, ...more },
    })
    const { store } = await filled(
      ...[patient(), patient({ id: 'q' }), team('Practitioner/karen')],
      reading('closed', 'p', { meta: restricted, effectiveDateTime: '2026-02-01' }),
      ...Array.from({ length: 800 }, (_, at) => reading(`open-${at}`, 'q')),
    )
    const seen = async (on: Pick<Store, 'search'>, scope: Scope) => {
      const ids = async (type: string, query: string) => {
        const found = await on.search(type, new URLSearchParams(query), scope)
        return [found.total, ...found.matches.map((each) => each.id)]
      }
      return [
        await ids('Patient', '_has:Observation:patient:code=s|x'),
        await ids('Patient', '_has:Observation:patient:code=s|x&_sort=birthdate'),
        await ids('Patient', '_has:Observation:patient:code=s|x&_summary=count'),
        await ids('Observation', 'code=s|x&_sort=-date&_count=1&_total=accurate'),
        await ids('Observation', 'code=s|x&date=ge2026-02-01'),
        await ids('Observation', 'code=s|x&subject=Patient/p&_summary=count'),
      ]
    }
    const [without, none] = [[undefined, 'q'], [undefined]]
    const hidden = [without, without, [1], [800, 'open-0'], none, [0]]
    expect(await seen(store, colleague)).toEqual(hidden)
    const everyone: Scope = { people: { kind: 'all' } }
    const net = (scope: Scope) => store.as(rlsSessionOf(scope, testNow))
    expect(await seen(net(colleague), everyone)).toEqual(hidden)
    const shown = [
      [undefined, 'p'],
      [undefined, 'p'],
      [1],
      [1, 'closed'],
      [undefined, 'closed'],
      [1],
    ]
    expect(await seen(store, named)).toEqual(shown)
    expect(await seen(net(named), everyone)).toEqual(shown)
  })

  test('a person restricted as a whole is visible only to named professionals', async () => {
    const { store } = await filled(patient(), team('Practitioner/karen'), condition())
    await put(store, patient({ meta: restricted }))
    expect(await reads(store, 'Condition', 'c')).toEqual([true, false, true, true])
    expect(await store.mayReach('p', colleague)).toBe(false)
    expect(await store.mayReach('p', named)).toBe(true)
    await put(store, patient())
    expect(await store.mayReach('p', colleague)).toBe(true)
  })

  test('summary rows leave out restricted records', async () => {
    const { store, sql } = await filled(patient(), condition({ meta: restricted }))
    const { rows } = await sql.query<{ conditions: string[]; coded: boolean }>(
      'select conditions, coded from person_row',
    )
    expect(rows).toEqual([{ conditions: [], coded: false }])
    await put(store, condition())
    expect((await sql.query('select 1 from person_row where unmapped > 0')).rows).toHaveLength(1)
  })

  test.each([
    ['is no longer active', role({ active: false })],
    ['ended yesterday', role({ period: { end: '2026-03-01' } })],
    ['passes to another', role({ practitioner: { reference: 'Practitioner/other' } })],
  ])('membership through a role ends when the role %s', async (_how, ended) => {
    const { store } = await filled(patient(), role(), team('PractitionerRole/karen-role'))
    expect(await store.mayReach('p', named)).toBe(true)
    await put(store, ended)
    expect(await store.mayReach('p', named)).toBe(false)
    await put(store, role())
    expect(await store.mayReach('p', named)).toBe(true)
    await store.remove('PractitionerRole', 'karen-role', 'anything')
    expect(await store.mayReach('p', named)).toBe(false)
  })

  test('a role that is added after the team gives access from then on', async () => {
    const { store } = await filled(patient(), team('PractitionerRole/karen-role'))
    expect(await store.mayReach('p', named)).toBe(false)
    await put(store, role())
    expect(await store.mayReach('p', named)).toBe(true)
  })

  test('a change of practice ends the access of the old practice, even if it is the custodian', async () => {
    const { store } = await open()
    await store.write({ resource: patient(), expect: 'absent', custodian: 'brook' })
    expect(await store.mayReach('p', colleague)).toBe(true)
    await put(store, patient({ generalPractitioner: [{ reference: 'Organization/far' }] }))
    expect(await store.mayReach('p', colleague)).toBe(false)
    await put(store, patient({ generalPractitioner: [] }))
    expect(await store.mayReach('p', colleague)).toBe(true)
  })

  test('a Provenance has the label of its target and is restricted with it', async () => {
    const provenance: ResourceWithId = {
      ...{ resourceType: 'Provenance', id: 'told', recorded: '2026-03-01T09:00:00Z' },
      target: [{ reference: 'Condition/c/_history/1' }],
      agent: [{ who: { display: 'Amina' } }],
    }
    const { store } = await filled(patient(), team('Practitioner/karen'), condition(), provenance)
    expect(await reads(store, 'Provenance', 'told')).toEqual([true, true, true, true])
    const professional = [{ system: 'https://gable.example/codes', code: 'professional-only' }]
    await put(store, condition({ meta: { security: professional } }))
    expect(await reads(store, 'Provenance', 'told')).toEqual([true, true, false, false])
    const found = await store.search('Provenance', new URLSearchParams(), herself)
    expect(found.matches).toEqual([])
    await put(store, condition({ meta: restricted }))
    expect(await reads(store, 'Provenance', 'told')).toEqual([true, false, false, false])
  })

  test.each([
    [
      'a message about a note',
      'Communication',
      { status: 'completed', subject, about: [{ reference: 'Condition/c' }] },
    ],
    [
      'a task for a note',
      'Task',
      { status: 'accepted', intent: 'order', for: subject, focus: { reference: 'Condition/c' } },
    ],
  ])(
    '%s has the label of the professional-only note it refers to',
    async (_what, resourceType, more) => {
      const professional = [{ system: 'https://gable.example/codes', code: 'professional-only' }]
      const speaking = { resourceType, id: 'speaks', ...more } as ResourceWithId
      const { store } = await filled(
        patient(),
        team('Practitioner/karen'),
        condition({ meta: { security: professional } }),
        speaking,
      )
      expect(await reads(store, resourceType, 'speaks')).toEqual([true, true, false, false])
    },
  )
})
