import { describe, expect, test } from 'vitest'
import {
  type OwnAmber,
  type OwnAmberLimit,
  ownAmberMet,
  problemWithOwnAmber,
  standingOwnAmber,
} from './own-amber.ts'
import {
  ownAmberAgreedFromFhir,
  ownAmberAgreedToFhir,
  ownAmberFromFhir,
  ownAmberToFhir,
} from './own-amber-fhir.ts'
import type { Reading } from './reading.ts'

const by = { reference: 'Patient/p', name: 'Grace', voice: 'person' } as const
const sign = (limit?: OwnAmberLimit, more: Partial<OwnAmber> = {}): OwnAmber => ({
  ...{ id: 's', person: 'p', words: '2 kg up in 3 days, or sleeping in the chair', by },
  at: '2026-03-01T09:00:00Z',
  ...(limit && { limit }),
  ...more,
})
const weight = (value: number, at: string): Reading => ({
  ...{ id: at, person: 'p', kind: 'weight', value, at },
})

describe('Two kilograms up in three days', () => {
  const standing = standingOwnAmber([sign({ kind: 'weight', up: 2, days: 3 })], [])
  test.each([
    ['exactly, from three days before', 72, 70, '2026-03-01T08:00:00Z', true],
    ['a tenth less', 71.9, 70, '2026-03-01T08:00:00Z', false],
    ['from four days before', 72, 70, '2026-02-28T08:00:00Z', false],
    ['down', 70, 72, '2026-03-03T08:00:00Z', false],
  ])('%s', (_title, value, before, at, isMet) => {
    const reading = weight(value, '2026-03-04T08:00:00Z')
    expect(ownAmberMet(reading, standing, { readings: [weight(before, at)] })).toHaveLength(
      Number(isMet),
    )
  })
  test('a later reading does not count for an earlier one, nor another kind', () => {
    const readings = [weight(60, '2026-03-05T08:00:00Z')]
    expect(ownAmberMet(weight(72, '2026-03-04T08:00:00Z'), standing, { readings })).toEqual([])
    const pulse: Reading = { ...weight(72, '2026-03-04T08:00:00Z'), kind: 'pulse' }
    expect(ownAmberMet(pulse, standing, { readings: [] })).toEqual([])
  })
})

test.each([
  [{ kind: 'oxygen', below: 90 }, 89, true],
  [{ kind: 'oxygen', below: 90 }, 90, false],
  [{ kind: 'pulse', above: 110 }, 111, true],
  [{ kind: 'pulse', above: 110 }, 110, false],
] as const)('%j and a reading of %s: %s', (limit, value, isMet) => {
  const reading: Reading = { ...weight(value, '2026-03-04T08:00:00Z'), kind: limit.kind }
  const standing = standingOwnAmber([sign(limit)], [])
  expect(ownAmberMet(reading, standing, { readings: [] })).toHaveLength(Number(isMet))
})

test.each([
  ['no-words', { words: ' ' }],
  ['too-long', { words: 'x'.repeat(501) }],
  ['no-number', { words: 'x', limit: { kind: 'weight' } }],
  ['below', { words: 'x', limit: { kind: 'oxygen', below: 12 } }],
  ['above', { words: 'x', limit: { kind: 'oxygen', above: 120 } }],
  ['up', { words: 'x', limit: { kind: 'weight', up: Number.NaN, days: 3 } }],
  ['up', { words: 'x', limit: { kind: 'weight', up: 0, days: 3 } }],
  ['crossed', { words: 'x', limit: { kind: 'pulse', below: 90, above: 50 } }],
  ['days', { words: 'x', limit: { kind: 'weight', up: 2 } }],
  ['days', { words: 'x', limit: { kind: 'weight', up: 2, days: 15 } }],
  [undefined, { words: 'x' }],
  [undefined, { words: 'x', limit: { kind: 'weight', up: 2, days: 3 } }],
] as const)('Refused because of %s: %j', (problem, said) => {
  expect(problemWithOwnAmber(said)).toBe(problem)
})

test('The last of each author stands, the person’s first; an agreement is for exactly that one', () => {
  const carer = { reference: 'RelatedPerson/c', name: 'Chidi', voice: 'carer' } as const
  const old = sign(undefined, { id: 'old', at: '2026-02-01T09:00:00Z' })
  const theirs = sign(undefined, { id: 'c', by: carer })
  const nurse = { reference: 'Practitioner/a', name: 'Amina', voice: 'professional' } as const
  const agreed = { person: 'p', by: nurse, at: '2026-03-02T09:00:00Z' }
  const standing = standingOwnAmber(
    [theirs, sign(), old],
    [
      { ...agreed, id: 'a1', rule: 'old' },
      { ...agreed, id: 'a2', rule: 'c' },
    ],
  )
  expect(standing.map(({ rule, agreed: yes }) => [rule.id, yes?.id])).toEqual([
    ['s', undefined],
    ['c', 'a2'],
  ])
})

test('It comes back from its record as it went in; one that was taken back is none', () => {
  const rule = sign({ kind: 'weight', up: 2, days: 3 })
  expect(ownAmberFromFhir(ownAmberToFhir(rule))).toEqual(rule)
  expect(ownAmberFromFhir({ ...ownAmberToFhir(rule), status: 'entered-in-error' })).toBeUndefined()
  const agreed = { id: 'a', person: 'p', rule: 's', by, at: rule.at }
  expect(ownAmberAgreedFromFhir(ownAmberAgreedToFhir(agreed))).toEqual(agreed)
})
