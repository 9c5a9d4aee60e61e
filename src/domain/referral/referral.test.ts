import { expect, test } from 'vitest'
import type { Who } from '#domain/plan/plan.ts'
import { answeredRequest, answeredTask, referralFromFhir, sentReferral } from './fhir.ts'
import { AlreadyAnswered, answerNeedsWords, referralMayBecome } from './referral.ts'

const amina: Who = { reference: 'Practitioner/amina', name: 'Amina', voice: 'professional' }
const council: Who = { reference: 'Organization/c', name: 'Council', voice: 'professional' }
const written = { by: amina, at: '2026-11-20T10:00:00.000Z' }
const [request, task] = sentReferral(
  { id: 't', requestId: 's', person: 'p', what: 'Stair rail', why: 'She fell', to: council },
  written,
)

test.each([
  ['A sent referral can be accepted', 'sent', 'accepted', true],
  ['A sent referral can be refused', 'sent', 'refused', true],
  ['A sent referral cannot be closed before it is accepted', 'sent', 'closed', false],
  ['An accepted referral can be closed', 'accepted', 'closed', true],
  ['An accepted referral can still be refused', 'accepted', 'refused', true],
  ['A refused referral stays refused', 'refused', 'accepted', false],
  ['A closed referral stays closed', 'closed', 'accepted', false],
  ['A withdrawn referral cannot be accepted', 'withdrawn', 'accepted', false],
] as const)('%s', (_title, from, to, expected) => {
  expect(referralMayBecome(from, to)).toBe(expected)
})

test('Every answer but an acceptance needs a reason or an outcome', () => {
  expect((['accepted', 'refused', 'closed', 'withdrawn'] as const).map(answerNeedsWords)).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('A referral is read from FHIR as it was sent', () => {
  expect(referralFromFhir(task, request)).toMatchObject({
    ...{ state: 'sent', what: 'Stair rail', why: 'She fell', sentOn: '2026-11-20T10:00:00.000Z' },
    ...{ to: { name: 'Council' }, from: { name: 'Amina' } },
  })
})

test('A refusal keeps its reason and ends the request', () => {
  const refused = answeredTask(task, 'refused', { words: 'Not in our area', written })
  const ended = answeredRequest(request, 'refused')
  expect(ended.status).toBe('revoked')
  expect(referralFromFhir(refused, ended)).toMatchObject({
    ...{ state: 'refused', reason: 'Not in our area', answeredAt: written.at },
  })
})

test('A closed referral shows its outcome', () => {
  const accepted = answeredTask(task, 'accepted', { words: '', written })
  const closed = answeredTask(accepted, 'closed', { words: 'Rail fitted', written })
  expect(referralFromFhir(closed, request)).toMatchObject({
    ...{ state: 'closed', outcome: 'Rail fitted' },
  })
  expect(() => answeredTask(closed, 'accepted', { words: '', written })).toThrow(AlreadyAnswered)
})
