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
  ['What is sent can be accepted', 'sent', 'accepted', true],
  ['What is sent can be refused', 'sent', 'refused', true],
  ['What is sent is not closed before someone takes it', 'sent', 'closed', false],
  ['What was accepted can be closed', 'accepted', 'closed', true],
  ['What was accepted can still be refused', 'accepted', 'refused', true],
  ['What was refused stays refused', 'refused', 'accepted', false],
  ['What was closed stays closed', 'closed', 'accepted', false],
  ['What was withdrawn is not accepted', 'withdrawn', 'accepted', false],
] as const)('%s', (_title, from, to, expected) => {
  expect(referralMayBecome(from, to)).toBe(expected)
})

test('Everything but a yes has to say why, or what came of it', () => {
  expect((['accepted', 'refused', 'closed', 'withdrawn'] as const).map(answerNeedsWords)).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('A referral reads back as it was sent', () => {
  expect(referralFromFhir(task, request)).toMatchObject({
    ...{ state: 'sent', what: 'Stair rail', why: 'She fell', sentOn: '2026-11-20T10:00:00.000Z' },
    ...{ to: { name: 'Council' }, from: { name: 'Amina' } },
  })
})

test('A refusal keeps its reason and ends what was asked for', () => {
  const refused = answeredTask(task, 'refused', { words: 'Not in our area', written })
  const ended = answeredRequest(request, 'refused')
  expect(ended.status).toBe('revoked')
  expect(referralFromFhir(refused, ended)).toMatchObject({
    ...{ state: 'refused', reason: 'Not in our area', answeredAt: written.at },
  })
})

test('A closed referral says what came of it', () => {
  const accepted = answeredTask(task, 'accepted', { words: '', written })
  const closed = answeredTask(accepted, 'closed', { words: 'Rail fitted', written })
  expect(referralFromFhir(closed, request)).toMatchObject({
    ...{ state: 'closed', outcome: 'Rail fitted' },
  })
  expect(() => answeredTask(closed, 'accepted', { words: '', written })).toThrow(AlreadyAnswered)
})
