import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { type Case, listedCase, mayCaseBecome, standingCase } from './case.ts'
import { caseFromFhir, caseToFhir, firstTeam, isFirstTeam } from './fhir.ts'

const amina = {
  reference: 'Practitioner/amina-yusuf',
  name: 'Amina Yusuf',
  voice: 'professional' as const,
}
const at = '2026-03-02T09:00:00.000Z'
const taken: Case = {
  id: 'case-1',
  person: 'p-1',
  state: 'open',
  coordinator: amina,
  organisation: 'brook-surgery',
  since: at,
}

test.each([
  ['listed', 'open', true],
  ['listed', 'not-now', true],
  ['open', 'paused', true],
  ['paused', 'open', true],
  ['paused', 'closed', true],
  ['listed', 'closed', false],
  ['closed', 'open', false],
  ['not-now', 'open', false],
] as const)('a case that is %s may become %s: %s', (from, to, may) => {
  expect(mayCaseBecome(from, to)).toBe(may)
})

test('a case reads the same from FHIR as it was written', () => {
  const episode = caseToFhir(taken, at)
  expect(episode).toMatchObject({ status: 'active', patient: { reference: 'Patient/p-1' } })
  expect(caseFromFhir(episode)).toEqual(taken)
})

test('a case decided as not now keeps its reason', () => {
  const episode = caseToFhir({ ...taken, state: 'not-now', reason: 'She wants to wait' }, at)
  expect(episode.status).toBe('cancelled')
  expect(episode.extension?.[0]?.url).toBe('https://gable.example/fhir/not-now')
  expect(caseFromFhir(episode).reason).toBe('She wants to wait')
})

test('a case taken on from the list keeps its history and fields written by others', () => {
  const listed: EpisodeOfCare & { id: string } = {
    resourceType: 'EpisodeOfCare',
    id: 'case-1',
    status: 'waitlist',
    patient: { reference: 'Patient/p-1', display: 'Grace' },
    team: [{ reference: 'CareTeam/other' }],
    extension: [{ url: 'https://elsewhere.example/x', valueString: 'stays' }],
  }
  const episode = caseToFhir(taken, at, listed)
  expect(episode).toMatchObject({ status: 'active', team: listed.team })
  expect(episode.extension).toEqual(listed.extension)
  expect(episode.statusHistory).toEqual([{ status: 'waitlist', period: { end: at } }])
  expect(caseFromFhir(episode).stateBefore).toBe('listed')
  const same = caseToFhir(caseFromFhir(listed), at, listed)
  expect(same.status, 'a waiting list stays one').toBe('waitlist')
})

test('a paused case counts as current, a listed or ended one does not', () => {
  const of = (state: Case['state']) => ({ ...taken, state })
  expect(standingCase([of('closed'), of('paused')])?.state).toBe('paused')
  expect(standingCase([of('closed'), of('listed'), of('not-now')])).toBeUndefined()
  expect(listedCase([of('closed'), of('listed')])?.state).toBe('listed')
})

test('a team begins with the coordinator and the person', () => {
  const team = firstTeam(taken, amina, 'Grace Okafor')
  expect(team.id).toBe('team-case-1')
  expect(team.participant?.map((each) => each.member?.reference)).toEqual([
    'Practitioner/amina-yusuf',
    'Patient/p-1',
  ])
  expect(isFirstTeam(team, taken)).toBe(true)
  const third = [...(team.participant ?? []), { member: { reference: 'Practitioner/karen-lee' } }]
  expect(isFirstTeam({ ...team, participant: third }, taken)).toBe(false)
  const [first, second] = team.participant ?? []
  const swapped = [{ ...first, member: { reference: 'Practitioner/karen-lee' } }, { ...second }]
  expect(isFirstTeam({ ...team, participant: swapped }, taken)).toBe(false)
})
