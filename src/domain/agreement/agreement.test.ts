import { describe, expect, test } from 'vitest'
import type { Voice } from '#domain/plan/plan.ts'
import {
  type Agreement,
  answerTo,
  countsForRoof,
  isInPart,
  lastAgreed,
  lastYes,
} from './agreement.ts'
import type { CapacityRecord } from './capacity.ts'
import { bestInterestsFaults, capacityFaults, capacityNow } from './capacity.ts'
import {
  bestInterestsFromFhir,
  bestInterestsToFhir,
  capacityFromFhir,
  capacityToFhir,
} from './capacity-fhir.ts'
import { agreementFromFhir, agreementToFhir } from './fhir.ts'
import type { GivenHow } from './given-how.ts'
import { isSameCode, paperCode, versionOfCode } from './paper-code.ts'
import { stillToAgree } from './still-to-agree.ts'

const nurse = { reference: 'Practitioner/a', name: 'Amina Yusuf', voice: 'professional' as const }
const witness = { name: 'Mary Bell', role: 'neighbour' }
const how = (way: GivenHow['way'], more: Partial<GivenHow> = {}): GivenHow => ({
  ...{ way, recordedBy: nurse, helpers: [], ...more },
})
const answer = (more: Partial<Agreement> & { voice?: Voice } = {}): Agreement => {
  const { voice = 'person', ...rest } = more
  const by = { reference: voice === 'person' ? 'Patient/p' : 'RelatedPerson/r', name: 'G', voice }
  return {
    ...{ id: 'a', planId: 'plan-1', version: '7', yes: true, words: '', by },
    ...{ at: '2026-11-04T10:00:00Z', order: [1, 0] as const, ...rest },
  }
}

describe('an answer fills the roof', () => {
  test.each<[string, Agreement, boolean]>([
    ['by the person’s own sign-in', answer(), true],
    ['on a turned screen', answer({ how: how('turned-screen') }), true],
    ['on paper before a witness', answer({ how: how('paper', { witness }) }), true],
    ['on paper without a witness', answer({ how: how('paper') }), false],
    ['said aloud, with an interpreter', answer({ how: how('spoken') }), false],
    ['by a carer', answer({ voice: 'carer' }), false],
    ['by staff', answer({ voice: 'professional' }), false],
    ['by an attorney', answer({ voice: 'carer', how: how('authority') }), true],
    ['in best interests', answer({ voice: 'professional', how: how('best-interests') }), true],
    ['by a carer on a turned screen', answer({ voice: 'carer', how: how('turned-screen') }), false],
  ])('%s: %#', (_title, given, fills) => {
    expect(countsForRoof(given)).toBe(fills)
    expect(answerTo([given], '7') !== undefined).toBe(fills)
  })
})

test('a paper of an older version that is recorded later is not the last yes', () => {
  const now = answer({ order: [1, 0] })
  const paper = answer({ version: '5', order: [2, 0], how: how('paper', { witness }) })
  expect(lastYes([paper, now])).toBe(now)
})

test('a yes in part is not a yes; what it left out and what was changed since waits', () => {
  const notAgreed = [
    { record: 'Goal/1', words: 'Not the nights' },
    { record: 'Goal/2', words: 'Later' },
  ]
  const part = answer({ yes: false, notAgreed })
  const changed = {
    ...{ id: 'e', kind: 'write-goal' as const, room: 'conversation' as const, by: nurse },
    ...{ at: '2026-11-05T10:00:00Z', targets: ['Goal/2/_history/3', 'CarePlan/plan-1/_history/8'] },
  }
  const open = stillToAgree({ agreements: [part], events: [changed] })
  expect([isInPart(part), lastYes([part]), lastAgreed([part])]).toEqual([true, undefined, part])
  expect(open?.changed.map(({ record }) => record)).toEqual(['Goal/2'])
  expect(open?.leftOut).toEqual([notAgreed[0]])
  expect(stillToAgree({ agreements: [], events: [changed] })).toBeUndefined()
})

test('what was left out of a yes stays so through other changes and a tick, until it is changed or agreed', () => {
  const notAgreed = [{ record: 'Task/walk', words: 'Not in winter' }]
  const part = answer({ yes: false, notAgreed })
  const event = (id: string, targets: readonly string[]) => ({
    ...{ id, kind: 'write-action' as const, room: 'conversation' as const, by: nurse, targets },
    at: '2026-11-05T10:00:00Z',
  })
  const other = event('other', ['Goal/2/_history/3', 'CarePlan/plan-1/_history/8'])
  const ticked = event('tick', ['Task/walk/_history/2'])
  const itself = event('itself', ['Task/walk/_history/3', 'CarePlan/plan-1/_history/9'])
  const no = answer({ version: '8', yes: false, order: [2, 0] })
  const whole = answer({ version: '8', order: [3, 0] })
  const leftOut = (agreements: readonly Agreement[], events = [other, ticked]) =>
    stillToAgree({ agreements, events })?.leftOut
  expect(leftOut([part])).toEqual(notAgreed)
  expect(leftOut([part, no])).toEqual(notAgreed)
  expect(leftOut([part], [other, itself])).toEqual([])
  expect(leftOut([part, no, whole])).toEqual([])
})

test('an answer keeps how it was given through FHIR', () => {
  const interpreter = { role: 'interpreter' as const, name: 'Ngozi Eze', language: 'Igbo' }
  const authority = { kind: 'court-deputy' as const, document: 'Order of 3 May' }
  const given = answer({
    ...{ yes: false, voice: 'carer' as const, words: 'Most of it' },
    notAgreed: [{ record: 'Goal/1', words: 'Not the nights' }],
    how: how('authority', { authority, helpers: [interpreter], capacity: 'Observation/c' }),
  })
  const read = agreementFromFhir(agreementToFhir(given, 'p'))
  expect({ ...read, order: given.order }).toEqual(given)
})

describe('the code on a print', () => {
  test('names its version and its plan, however it is typed', () => {
    const code = paperCode('plan-case-1', '7')
    expect(code).toMatch(/^7-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(isSameCode(code, ` ${code.toLowerCase().replaceAll('-', ' ')} `.trim())).toBe(true)
    expect(versionOfCode(code.toLowerCase(), ['plan-x', 'plan-case-1'])).toEqual({
      ...{ planId: 'plan-case-1', version: '7' },
    })
  })
  test('of another plan or version, or mistyped, is not taken', () => {
    const code = paperCode('plan-case-1', '7')
    expect(versionOfCode(code, ['plan-x'])).toBeUndefined()
    expect(versionOfCode(code.replace(/^7/, '8'), ['plan-case-1'])).toBeUndefined()
    expect(versionOfCode('', ['plan-case-1'])).toBeUndefined()
    const codes = Array.from({ length: 2_000 }, (_, at) => paperCode('plan-case-1', `${at + 1}`))
    expect(new Set(codes.map((each) => each.split('-').slice(1).join())).size).toBe(2_000)
  })
})

const lacking: CapacityRecord = {
  ...{ id: 'c', person: 'p', planId: 'plan-1', decision: 'Whether to agree to this plan' },
  ...{
    hasCapacity: false,
    impairment: 'Dementia',
    unable: ['weigh'],
    because: 'It is gone at once',
  },
  ...{ support: 'Pictures', reasons: 'Asked three times', by: nurse, at: '2026-03-02' },
}

test.each<[string, Partial<CapacityRecord>, readonly string[]]>([
  ['whole', {}, []],
  [
    'able, without either stage',
    { hasCapacity: true, impairment: '', unable: [], because: '' },
    [],
  ],
  ['without an impairment', { impairment: ' ' }, ['no-impairment']],
  ['without anything the person cannot do', { unable: [] }, ['no-ability']],
  ['without the link between the two', { because: '' }, ['no-because']],
  ['without what was done to help', { support: '' }, ['no-support']],
  ['without reasons', { reasons: '' }, ['no-reasons']],
  ['without the decision it is about', { decision: '' }, ['no-decision']],
  ['to be looked at before it was made', { reviewOn: '2026-03-01' }, ['review-before']],
])('a capacity record %s has the faults %j %j', (_title, more, faults) => {
  expect(capacityFaults({ ...lacking, ...more })).toEqual(faults)
})

test('the latest finding for this plan holds, until its day to look again has passed', () => {
  const later = { ...lacking, id: 'd', at: '2026-04-01', hasCapacity: true, reviewOn: '2026-05-01' }
  const other = { ...lacking, id: 'e', planId: 'plan-2', at: '2026-09-01' }
  const records = [lacking, later, other]
  expect(capacityNow(records, 'plan-1', '2026-05-01')).toEqual({ record: later, overdue: false })
  expect(capacityNow(records, 'plan-1', '2026-05-02')?.overdue).toBe(true)
  expect(capacityNow([], 'plan-1', '2026-05-02')).toBeUndefined()
})

test('both records keep their words through FHIR, restricted, and set aside ones are not read', () => {
  const reviewed = { ...lacking, reviewOn: '2026-05-01' }
  const kept = capacityToFhir(reviewed)
  expect(capacityFromFhir(kept)).toEqual(reviewed)
  expect(kept.meta?.security?.[0]?.code).toBe('R')
  expect(capacityFromFhir({ ...kept, status: 'entered-in-error' })).toBeUndefined()
  const best = {
    ...{ id: 'b', person: 'p', planId: 'plan-1', capacity: 'Observation/c', wishes: 'Home' },
    ...{ consulted: '', decided: 'The plan', why: 'Least restrictive', imca: 'Jo Hall, POhWER' },
    ...{ by: nurse, at: '2026-03-02' },
  }
  expect(bestInterestsFromFhir(bestInterestsToFhir(best))).toEqual(best)
  expect(bestInterestsFaults(best)).toEqual([])
  expect(bestInterestsFaults({ ...best, imca: '', wishes: '', capacity: '' })).toEqual([
    ...['no-capacity-record', 'no-wishes', 'nobody-consulted'],
  ])
})
