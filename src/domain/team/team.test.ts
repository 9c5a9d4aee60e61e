import type { CareTeam } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { type Directory, teamFromFhir, withMember, withoutMember } from './fhir.ts'

const at = '2026-11-20T10:00:00.000Z'
const tom = { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' } as const
const hospital = { reference: 'Organization/h', name: 'Hospital', voice: 'professional' } as const
const team: CareTeam = {
  ...{ resourceType: 'CareTeam', id: 'team-c' },
  participant: [{ role: [{ text: 'Daughter' }], member: { reference: 'RelatedPerson/r' } }],
}
const directory: Directory = {
  practitioners: [{ resourceType: 'Practitioner', id: 'tom', name: [{ text: 'Tom' }] }],
  roles: [],
  organisations: [
    {
      ...{ resourceType: 'Organization', id: 'h', name: 'St Anne’s' },
      telecom: [{ system: 'phone', value: '01632 960300' }],
    },
  ],
  relatives: [
    {
      ...{ resourceType: 'RelatedPerson', id: 'r', patient: {}, name: [{ text: 'Ada' }] },
      telecom: [{ system: 'phone', value: '01632 960111' }],
    },
  ],
}
const joined = withMember(team, { who: tom, role: 'Physiotherapist', organisation: hospital }, at)

test('A member is shown with role, organisation and phone number', () => {
  expect(teamFromFhir(joined, directory, at).members).toMatchObject([
    { who: { name: 'Ada' }, role: 'Daughter', telephone: '01632 960111' },
    {
      ...{ who: { name: 'Tom' }, role: 'Physiotherapist' },
      ...{ organisation: 'St Anne’s', telephone: '01632 960300' },
    },
  ])
})

test('A member does not join the team twice', () => {
  expect(withMember(joined, { who: tom, role: 'Physiotherapist' }, at)).toBe(joined)
})

test('A member who has left stays on record, and may rejoin', () => {
  const left = withoutMember(joined, tom, at)
  const now = teamFromFhir(left, directory, at)
  expect(now.members.map((each) => each.who.name)).toEqual(['Ada'])
  expect(now.past.map((each) => each.who.name)).toEqual(['Tom'])
  expect(withMember(left, { who: tom, role: 'Physiotherapist' }, at).participant).toHaveLength(3)
})
