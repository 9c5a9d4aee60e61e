import { expect, test } from 'vitest'
import type { Agreement } from '#domain/agreement/agreement.ts'
import { roomState } from './house/room-state.ts'
import type { Plan, Voice } from './plan.ts'
import { planStatus } from './plan-status.ts'

const today = '2026-11-22'
const plan: Plan = {
  ...{ id: 'plan-1', version: '7', person: 'p', caseId: 'c', ended: false },
  ...{ goals: ['g'], actions: [], needs: [], reviewOn: '2026-12-03' },
}
const answer = (facts: {
  yes?: boolean
  version?: string
  voice?: Voice
  at?: string
  order?: Agreement['order']
}): Agreement => ({
  ...{ id: 'a', planId: 'plan-1', words: '', yes: facts.yes ?? true },
  version: facts.version ?? '7',
  by: { reference: 'Patient/p', name: 'Grace', voice: facts.voice ?? 'person' },
  at: facts.at ?? '2026-11-04T10:00:00Z',
  order: facts.order ?? [0, 0],
})

test.each([
  ['there is no plan', undefined, [], 'none'],
  ['the plan has ended', { ...plan, ended: true }, [answer({})], 'none'],
  ['there is no goal yet', { ...plan, goals: [] }, [answer({})], 'draft'],
  ['the person has not been asked', plan, [], 'awaiting-person'],
  ['the person agreed to this version', plan, [answer({})], 'current'],
  ['the person agreed to the version before', plan, [answer({ version: '6' })], 'awaiting-person'],
  ['only the nurse agreed', plan, [answer({ voice: 'professional' })], 'awaiting-person'],
  ['only the carer agreed', plan, [answer({ voice: 'carer' })], 'awaiting-person'],
  ['the person said “not like this”', plan, [answer({ yes: false })], 'awaiting-person'],
  [
    'the person said yes and then, to the same version, no',
    plan,
    [answer({}), answer({ yes: false, at: '2026-11-05T10:00:00Z' })],
    'awaiting-person',
  ],
  [
    'the yes is dated years after the no, but the server received it before',
    plan,
    [answer({ at: '2036-01-01T10:00:00Z', order: [1, 5] }), answer({ yes: false, order: [2, 4] })],
    'awaiting-person',
  ],
  [
    'neither answer has a number and the yes was stored last',
    plan,
    [answer({ yes: false, at: '2036-01-01T10:00:00Z', order: [0, 4] }), answer({ order: [0, 5] })],
    'current',
  ],
  ['the review is today', { ...plan, reviewOn: today }, [answer({})], 'current'],
  ['the review date has passed', { ...plan, reviewOn: '2026-11-21' }, [answer({})], 'review-due'],
] as const)('the status of the plan when %s', (_title, given, agreements, expected) => {
  expect(planStatus({ plan: given, agreements, today })).toBe(expected)
})

test.each([[true], ['2026-11-20']] as const)(
  'the plan of a person who died (%s) is never due',
  (died) => {
    const late = { ...plan, reviewOn: '2026-11-21' }
    expect(planStatus({ plan: late, agreements: [], died, today })).toBe('current')
  },
)

test.each([
  ['there is nothing', { items: 0, due: 0, status: 'current' }, 'empty'],
  ['something is due', { items: 3, due: 1, status: 'current' }, 'due'],
  ['the plan is agreed', { items: 3, due: 0, status: 'current' }, 'agreed'],
  ['the plan is not yet agreed', { items: 3, due: 0, status: 'awaiting-person' }, 'writing'],
  [
    'a yes in part left something out, and another part changed since',
    { items: 3, due: 0, status: 'awaiting-person', leftOut: 1 },
    'not-all-agreed',
  ],
] as const)('the state of a room where %s', (_title, facts, expected) => {
  expect(roomState(facts)).toBe(expected)
})
