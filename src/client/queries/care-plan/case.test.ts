import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { AlreadyTakenOn, casesQuery, takeOnPatient } from './case.ts'
import { decidePeople, undoDecisions } from './case-decisions.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
let count = 0

beforeAll(async () => {
  server = await openGraceServer()
})
afterAll(async () => await server.close())
beforeEach(async () => {
  await signInAs('amina')
})

async function somebody(): Promise<string> {
  count += 1
  const id = `p-somebody-${count}`
  await server.seed(
    [
      {
        resourceType: 'Patient',
        id,
        name: [{ family: 'Hill', given: ['Ann'] }],
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
    ],
    'brook-surgery',
  )
  return id
}

async function cases(person: string) {
  queryClient.clear()
  return await queryClient.fetchQuery(casesQuery(person))
}

test('taking on creates a case and its team, with the user as coordinator', async () => {
  const person = await somebody()
  const { caseId } = await takeOnPatient(person)
  expect(await cases(person)).toMatchObject([
    {
      ...{ id: caseId, state: 'open', organisation: 'brook-surgery' },
      coordinator: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' },
    },
  ])
  const team = await fhir.read('CareTeam', `team-${caseId}`)
  expect(team.participant?.map((each) => each.member?.display)).toEqual(['Amina Yusuf', 'Ann Hill'])
})

test('a person who is taken on is not taken on again, and the refusal says by whom', async () => {
  await expect(takeOnPatient(graceId)).rejects.toMatchObject({ coordinator: 'Amina Yusuf' })
})

test('two users who take on a person at the same moment create one case', async () => {
  const person = await somebody()
  const both = await Promise.allSettled([takeOnPatient(person), takeOnPatient(person)])
  expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find((each) => each.status === 'rejected')
  expect(refused?.reason).toBeInstanceOf(AlreadyTakenOn)
  expect(await cases(person)).toHaveLength(1)
})

test('“not now” keeps its reason and does not prevent taking on later', async () => {
  const person = await somebody()
  await decidePeople([{ id: person }], { decision: 'decline', reason: 'She asked us to wait' })
  expect(await cases(person)).toMatchObject([{ state: 'not-now', reason: 'She asked us to wait' }])
  await takeOnPatient(person)
  expect((await cases(person)).map((each) => each.state).toSorted()).toEqual(['not-now', 'open'])
})

test('taking on can be undone and done again, and stays as undone', async () => {
  const person = await somebody()
  const decided = await decidePeople([{ id: person }], { decision: 'take-on' })
  await undoDecisions(decided)
  expect(await cases(person)).toMatchObject([{ state: 'undone', stateBefore: 'open' }])
  await takeOnPatient(person)
  expect((await cases(person)).map((each) => each.state).toSorted()).toEqual(['open', 'undone'])
})

test('a listed person is taken on in the same case', async () => {
  const person = await somebody()
  const patient = { reference: `Patient/${person}` }
  const id = `listed-${person}`
  await fhir.create({ resourceType: 'EpisodeOfCare', id, status: 'planned', patient })
  expect(await takeOnPatient(person)).toEqual({ caseId: id })
  expect(await cases(person)).toMatchObject([{ id, state: 'open', stateBefore: 'listed' }])
})

test('a user without access takes nobody on', async () => {
  const person = await somebody()
  await signInAs('stranger')
  await expect(takeOnPatient(person)).rejects.toMatchObject({ kind: 'missing' })
})
