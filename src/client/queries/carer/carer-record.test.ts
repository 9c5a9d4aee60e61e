import type { Observation } from '@medplum/fhirtypes'
import { beforeAll, expect, test } from 'vitest'
import { signInAs } from '#client/session/session.ts'
import { takeSide } from '#client/session/sides.ts'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { chidiOwnId } from '#demo-data/identities.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { saveCarerAssessment, saveCarerDecision, saveCarerWords } from './carer-record.ts'

const server = graceServerForFile('karen')
beforeAll(async () => await server.seed([...chidiRecords(dayFromToday(0))], 'brook-surgery'))

/** Saves, loses the answer, and saves again, as somebody does who reads that it was not saved. */
async function twice(save: () => Promise<void>) {
  server.wire.mode = 'lose'
  await expect(save()).rejects.toMatchObject({ kind: 'offline' })
  server.wire.mode = 'open'
  await save()
}

const kept = async (path: string) =>
  (await (await (await server.as('karen'))(`/fhir/${path}`)).json()) as Observation

const assessed = async () =>
  await saveCarerAssessment({
    ...nothingFound,
    id: 'ca-lost',
    person: chidiOwnId,
    isDone: true,
    takenOver: {},
  })
const decision = {
  ...{ id: 'decision-lost', person: chidiOwnId, assessment: 'ca-lost', isEligible: true },
  reason: 'He cannot sleep, and it is bad for his health',
}

test('a decision about a carer whose answer was lost is saved once, and trying again is no error', async () => {
  await assessed()
  await twice(async () => await saveCarerDecision(decision))
  const found = await kept('Observation/decision-lost')
  expect([found.meta?.versionId, found.valueBoolean]).toEqual(['1', true])

  // words that differ are another decision: the first one is not changed
  await expect(saveCarerDecision({ ...decision, reason: 'Other words' })).rejects.toMatchObject({
    status: 403,
  })
  expect((await kept('Observation/decision-lost')).note?.[0]?.text).toBe(decision.reason)
})

test('what a carer says of themselves, sent again after a lost answer, is said once', async () => {
  await signInAs('chidi')
  await takeSide('person')
  const said = { id: 'how-lost', person: chidiOwnId, words: 'Tired', heavy: 6 }
  await twice(async () => await saveCarerWords(said))
  expect((await kept('Observation/how-lost')).meta?.versionId).toBe('1')
})
