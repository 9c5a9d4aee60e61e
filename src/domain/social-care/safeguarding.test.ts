import { describe, expect, test } from 'vitest'
import {
  type ConcernToRaise,
  concernFaults,
  concernFor,
  concernFromFhir,
  concernToFhir,
  isDutyMet,
  type SafeguardingConcern,
  safeguardingState,
} from './safeguarding.ts'

const by = { reference: 'Practitioner/amina', name: 'Amina', voice: 'professional' as const }
const raised: ConcernToRaise = {
  ...{ patient: 'p', id: 's', about: 'Money is gone', risk: 'Grace', wishes: 'That it stops' },
  ...{ consent: 'given', withoutConsent: '', safety: 'The card is with the bank' },
  sources: [{ reference: 'RelatedPerson/c', name: 'C' }],
}
const { patient: _p, id: _i, ...said } = raised
const concern: Omit<SafeguardingConcern, 'version'> = {
  ...{ ...said, id: 's', person: 'p', notes: [], members: [], removed: [], raisedBy: by },
  ...{ raisedAt: '2026-03-02T09:00:00Z', written: { by, at: '2026-03-02T09:00:00Z' } },
}
const decision = {
  ...{ what: 'enquiry' as const, hasNeeds: true, isAtRisk: true, cannotProtect: true },
  ...{ reasons: 'x', by: 'K', at: '2026-03-03T09:00:00Z' },
}

test('a concern stays the same in its record', () => {
  const { voice: _v, ...raisedBy } = by
  const whole = {
    ...concern,
    raisedBy,
    decision,
    notes: [{ words: 'x', by: 'K', at: decision.at }],
  }
  const record = concernToFhir(whole)
  expect(concernFromFhir({ ...record, meta: { versionId: '2' } })).toEqual({ ...whole, version: 2 })
})

test('the duty is met only if all three conditions of section 42(1) hold', () => {
  const met = [false, true].flatMap((hasNeeds) =>
    [false, true].flatMap((isAtRisk) =>
      [false, true].filter((cannotProtect) => isDutyMet({ hasNeeds, isAtRisk, cannotProtect })),
    ),
  )
  expect(met).toEqual([true])
  expect(isDutyMet(decision)).toBe(true)
})

test('a concern is to be decided, then an enquiry or none, then closed', () => {
  expect(safeguardingState(concern)).toBe('to-decide')
  expect(safeguardingState({ decision })).toBe('enquiry')
  expect(safeguardingState({ decision: { ...decision, what: 'other-enquiry' } })).toBe('enquiry')
  expect(safeguardingState({ decision: { ...decision, what: 'no-enquiry' } })).toBe('no-enquiry')
  const closed = { risk: 'reduced' as const, wishes: 'fully' as const, words: '', by: '', at: '' }
  expect(safeguardingState({ decision, closed })).toBe('closed')
})

describe('who reads how much of a concern', () => {
  const names: readonly string[] = ['Practitioner/k', 'PractitionerRole/k']
  const reader = { names, isSocialWorker: true, isNamed: true }
  const me = { reference: 'Practitioner/k', name: 'K' }
  const myRole = { reference: 'PractitionerRole/k', name: 'K' }
  test.each<[string, Partial<SafeguardingConcern>, Partial<typeof reader>, string]>([
    ['a social worker named in the care', {}, {}, 'whole'],
    ['a social worker who is not named', {}, { isNamed: false }, 'nothing'],
    ['a nurse named in the care', {}, { isSocialWorker: false }, 'nothing'],
    ['a nurse named in the concern', { members: [me] }, { isSocialWorker: false }, 'whole'],
    ['whoever raised it', { raisedBy: me }, { isSocialWorker: false, isNamed: false }, 'own'],
    ['a social worker who may be a source of harm', { sources: [me] }, {}, 'nothing'],
    ['a member who may be a source of harm', { sources: [me], members: [me] }, {}, 'nothing'],
    [
      'somebody whose role may be a source of harm',
      { sources: [myRole], members: [me] },
      {},
      'nothing',
    ],
    ['somebody who raised it and may be one', { sources: [me], raisedBy: me }, {}, 'nothing'],
    [
      'somebody without a name here',
      { raisedBy: { reference: '', name: '' } },
      { names: [], isNamed: false },
      'nothing',
    ],
  ])('%s', (_title, more, who, wanted) => {
    expect(concernFor({ ...concern, ...more }, { ...reader, ...who })).toBe(wanted)
  })
})

test.each<[string, Partial<ConcernToRaise>, readonly string[]]>([
  ['nothing', {}, []],
  ['what it is about', { about: ' ' }, ['about']],
  ['the person’s own wishes', { wishes: '' }, ['wishes']],
  ['why without consent', { consent: 'refused' }, ['without-consent']],
  ['why nobody asked', { consent: 'not-asked', wishes: '' }, ['without-consent']],
  ['what was done at once', { safety: '' }, ['safety']],
])('a concern lacks %s', (_title, more, faults) => {
  expect(concernFaults({ ...raised, ...more }, 'professional')).toEqual(faults)
})

test('at home a few words are enough', () => {
  const few = { ...raised, risk: '', wishes: '', safety: '', consent: 'not-asked' } as const
  expect(concernFaults(few, 'person')).toEqual([])
  expect(concernFaults({ ...few, about: ' ' }, 'carer')).toEqual(['about'])
})
