import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const subject = (id: string) => ({ reference: `Patient/${id}` })
const related: Scope = { people: { kind: 'related', organisation: 'brook', practitioner: 'karen' } }

const records: readonly ResourceWithId[] = [
  {
    resourceType: 'PractitionerRole',
    id: 'karen-role',
    practitioner: { reference: 'Practitioner/karen' },
  },
  { resourceType: 'Patient', id: 'foreign' },
]

eachStore('a care relationship', (open) => {
  test.each([
    [
      'is in the care team',
      true,
      {
        resourceType: 'CareTeam',
        id: 't',
        status: 'active',
        subject: subject('foreign'),
        participant: [{ member: { reference: 'Practitioner/karen' } }],
      },
    ],
    [
      'is in the team through a role',
      true,
      {
        resourceType: 'CareTeam',
        id: 't',
        status: 'active',
        subject: subject('foreign'),
        participant: [{ member: { reference: 'PractitionerRole/karen-role' } }],
      },
    ],
    [
      'left the care team',
      false,
      {
        resourceType: 'CareTeam',
        id: 't',
        status: 'active',
        subject: subject('foreign'),
        participant: [
          { member: { reference: 'Practitioner/karen' }, period: { end: '2026-03-01' } },
        ],
      },
    ],
    [
      'was in a team that has ended',
      false,
      {
        resourceType: 'CareTeam',
        id: 't',
        status: 'inactive',
        subject: subject('foreign'),
        participant: [{ member: { reference: 'Practitioner/karen' } }],
      },
    ],
    [
      'is asked by an open referral',
      true,
      {
        resourceType: 'ServiceRequest',
        id: 's',
        status: 'active',
        intent: 'order',
        subject: subject('foreign'),
        performer: [{ reference: 'Organization/brook' }],
      },
    ],
    [
      'was asked by a completed referral',
      false,
      {
        resourceType: 'ServiceRequest',
        id: 's',
        status: 'completed',
        intent: 'order',
        subject: subject('foreign'),
        performer: [{ reference: 'Organization/brook' }],
      },
    ],
    [
      'owns an open task',
      true,
      {
        resourceType: 'Task',
        id: 'k',
        status: 'accepted',
        intent: 'order',
        for: subject('foreign'),
        owner: { reference: 'Practitioner/karen' },
      },
    ],
    [
      'manages the case',
      true,
      {
        resourceType: 'EpisodeOfCare',
        id: 'c',
        status: 'active',
        patient: subject('foreign'),
        careManager: { reference: 'Practitioner/karen' },
      },
    ],
    [
      'managed a case that is finished',
      false,
      {
        resourceType: 'EpisodeOfCare',
        id: 'c',
        status: 'finished',
        patient: subject('foreign'),
        careManager: { reference: 'Practitioner/karen' },
      },
    ],
  ] as readonly [string, boolean, ResourceWithId][])(
    'whether a user who %s has access to the person: %s',
    async (_why, reaches, resource) => {
      const { store } = await open()
      await store.writeMany(records.map((one) => ({ resource: one, expect: 'absent' })))
      const { kept } = await store.write({ resource, expect: 'absent' })
      expect(await store.mayReach('foreign', related)).toBe(reaches)
      await store.remove(kept.type, kept.id, 'anything')
      expect(await store.mayReach('foreign', related)).toBe(false)
    },
  )

  const team = (
    end: string | undefined,
    teamEnd?: string,
  ): Resource & { id: string; resourceType: 'CareTeam' } => ({
    resourceType: 'CareTeam',
    id: 't',
    status: 'active',
    subject: subject('foreign'),
    ...(teamEnd ? { period: { end: teamEnd } } : {}),
    participant: [
      { member: { reference: 'Practitioner/karen' }, ...(end ? { period: { end } } : {}) },
    ],
  })

  // the record is written on 2 March 2026 at 09:00
  test.each([
    ['a minute ago', false, team('2026-03-02T08:59:00Z')],
    ['a minute ago in another zone', false, team('2026-03-02T10:59:00+02:00')],
    ['today, without an hour', false, team('2026-03-02')],
    ['with the team, a minute ago', false, team(undefined, '2026-03-02T08:59:00Z')],
    ['later than the team, which has ended', false, team('2026-04-01', '2026-03-02T08:59:00Z')],
    ['just now by a clock that is ahead', false, team('2026-03-02T09:05:00Z')],
    ['in an hour', true, team('2026-03-02T10:00:00Z')],
    ['tomorrow', true, team('2026-03-03')],
    ['not yet', true, team(undefined)],
  ] as const)(
    'whether a user whose time in the team ended %s has access to the person: %s',
    async (_when, reaches, ended) => {
      const { store } = await open()
      await store.writeMany(records.map((one) => ({ resource: one, expect: 'absent' })))
      await store.write({ resource: team(undefined), expect: 'absent' })
      expect(await store.mayReach('foreign', related)).toBe(true)
      await store.write({ resource: ended, expect: { version: 1 } })
      expect(await store.mayReach('foreign', related)).toBe(reaches)
    },
  )

  test('an end in the future applies from that time, and the earlier of two ends counts', async () => {
    let now = new Date('2026-03-02T09:00:00Z')
    const { store } = await open({ now: () => now })
    await store.writeMany(records.map((one) => ({ resource: one, expect: 'absent' })))
    const resource = team('2026-05-01', '2026-03-02T10:00:00Z')
    await store.write({ resource, expect: 'absent' })
    expect(await store.mayReach('foreign', related)).toBe(true)
    now = new Date('2026-03-02T10:00:01Z')
    expect(await store.mayReach('foreign', related)).toBe(false)
  })

  test('the custodian organisation keeps its access when others write', async () => {
    const { store } = await open()
    const resource = { resourceType: 'Patient', id: 'new' } as const
    await store.write({ resource, expect: 'absent', custodian: 'brook' })
    await store.write({ resource, expect: { version: 1 } })
    expect(await store.mayReach('new', related)).toBe(true)
  })
})
