import { describe, expect, test } from 'vitest'
import {
  budgetOfWeek,
  keepSupportPlanRequest,
  lastPaymentReviewDay,
  lightReviewDays,
  reviewsToCome,
  type SupportPlan,
  type SupportPlanToKeep,
  supportPlanFaults,
  supportPlanFromFhir,
  supportPlanState,
  supportPlanToFhir,
} from './support-plan.ts'

const by = { reference: 'Practitioner/k', name: 'Karen Lee', voice: 'professional' as const }
const today = '2026-03-02'
const asked: SupportPlanToKeep = {
  ...{ plan: 's', version: 0, offer: true, assessed: 'adult', decision: 'd' },
  outcomes: [
    { outcome: 'hygiene', how: 'Help with the bath', ways: ['paid-care'], who: '' },
    { outcome: 'community', how: 'Joan drives', ways: ['community', 'carer'], who: 'Joan' },
  ],
  budget: {
    ...{ amount: 20_000, per: 'week', currency: 'GBP', share: 1_000 },
    ...{ agreedOn: '2026-03-01', agreedBy: 'The panel' },
  },
  payment: { way: 'card', paidTo: 'Grace', startsOn: '2026-03-10', reviewOn: '2026-08-01' },
  ...{ startsOn: '2026-03-10', reviewOn: '2027-03-10' },
}
const { plan: id, version: _version, offer: _offer, ...content } = asked
const plan: Omit<SupportPlan, 'version'> = {
  ...{ ...content, id, person: 'p', edition: 2, offered: 2, answers: [], reviews: [] },
  written: { by, at: '2026-03-02T09:00:00.000Z' },
}
const answer = { edition: 2, agrees: true, words: '', said: '', writtenDownBy: '' }
const given = {
  ...answer,
  by: { reference: 'Patient/p', name: 'Grace' },
  at: '2026-03-03T09:00:00Z',
}

test('a support plan stays the same in its record', () => {
  const ended = { by: 'Karen Lee', at: '2026-05-01T09:00:00Z', reason: 'Moved away' }
  const review = {
    kind: 'light' as const,
    on: '2026-04-25',
    words: 'Goes well',
    by: 'K',
    at: ended.at,
  }
  const whole = { ...plan, answers: [given], reviews: [review], ended }
  const record = supportPlanToFhir(whole)
  expect(supportPlanFromFhir({ ...record, meta: { versionId: '3' } })).toEqual({
    ...{ ...whole, version: 3 },
  })
  expect(keepSupportPlanRequest.read(keepSupportPlanRequest.write(asked))).toEqual(asked)
})

describe('the state of a support plan', () => {
  const states: readonly (readonly [string, Partial<SupportPlan>, string])[] = [
    ['nobody was asked', { offered: 0 }, 'draft'],
    ['the person was asked', {}, 'offered'],
    ['the person said yes', { answers: [given] }, 'agreed'],
    ['the person said not like this', { answers: [{ ...given, agrees: false }] }, 'not-agreed'],
    ['the last answer counts', { answers: [{ ...given, agrees: false }, given] }, 'agreed'],
    ['it was changed after the yes', { answers: [given], edition: 3 }, 'draft'],
    ['it was changed and asked again', { answers: [given], edition: 3, offered: 3 }, 'offered'],
    ['it ended', { answers: [given], ended: { by: '', at: '', reason: 'x' } }, 'ended'],
  ]
  test.each(states)('%s: it is what the table says', (_title, more, state) => {
    expect(supportPlanState({ ...plan, ...more })).toBe(state)
  })
})

describe('what is missing before the person is asked', () => {
  const budget = asked.budget as NonNullable<SupportPlanToKeep['budget']>
  const payment = asked.payment as NonNullable<SupportPlanToKeep['payment']>
  const [first, second] = asked.outcomes as [
    SupportPlanToKeep['outcomes'][number],
    SupportPlanToKeep['outcomes'][number],
  ]
  const { budget: _b, ...unpaid } = asked
  const rows: readonly (readonly [string, SupportPlanToKeep, readonly string[]])[] = [
    ['everything is said', asked, []],
    ['an outcome with a right to support is missing', { ...asked, outcomes: [first] }, ['how']],
    ['no outcome', { ...asked, outcomes: [] }, ['no-outcome', 'how']],
    ['nobody meets it', { ...asked, outcomes: [first, { ...second, ways: [] }] }, ['ways']],
    ['no start', { ...asked, startsOn: '' }, ['starts-on']],
    ['a review on day 365', { ...asked, reviewOn: '2027-03-10' }, []],
    ['a review a day later', { ...asked, reviewOn: '2027-03-11' }, ['review-on']],
    ['a review on the day of the start', { ...asked, reviewOn: '2026-03-10' }, ['review-on']],
    [
      'a budget of nothing',
      { ...asked, budget: { ...budget, amount: 0, share: 0 } },
      ['budget-amount'],
    ],
    [
      'a share over the budget',
      { ...asked, budget: { ...budget, share: 20_001 } },
      ['budget-share'],
    ],
    ['a share of the whole', { ...asked, budget: { ...budget, share: 20_000 } }, []],
    [
      'a budget agreed tomorrow',
      { ...asked, budget: { ...budget, agreedOn: '2026-03-03' } },
      ['budget-agreed'],
    ],
    [
      'a budget that nobody agreed',
      { ...asked, budget: { ...budget, agreedBy: ' ' } },
      ['budget-agreed'],
    ],
    ['a payment of no budget', unpaid, ['payment']],
    ['a payment to nobody', { ...asked, payment: { ...payment, paidTo: '' } }, ['payment']],
  ]
  test.each(rows)('%s', (_title, one, faults) => {
    const needed = ['hygiene', 'community']
    expect(supportPlanFaults(one, { needed, today })).toEqual(faults)
  })
})

test('reviews come early between six and eight weeks, then by the day that was chosen, and of a payment within six months', () => {
  expect(lightReviewDays('2026-03-10')).toEqual({ from: '2026-04-21', by: '2026-05-05' })
  expect(reviewsToCome(plan).map(({ kind, by: day }) => [kind, day])).toEqual([
    ['light', '2026-05-05'],
    ['payment', '2026-08-01'],
    ['full', '2027-03-10'],
  ])
  const held = { kind: 'payment' as const, on: '2026-08-01', words: 'x', by: 'k', at: '' }
  expect(lastPaymentReviewDay('2026-03-10', [])).toBe('2026-09-08')
  expect(lastPaymentReviewDay('2026-03-10', [held])).toBe('2027-08-01')
  const early = { ...held, kind: 'full' as const }
  expect(reviewsToCome({ ...plan, reviews: [early] }).map(({ kind }) => kind)).toEqual([
    ...['payment', 'full'],
  ])
})

test('a week of a yearly budget is seven days of it', () => {
  const budget = { currency: 'GBP', share: 0, agreedOn: '', agreedBy: '' }
  expect(budgetOfWeek({ ...budget, amount: 365_000, per: 'year' })).toBe(7_000)
  expect(budgetOfWeek({ ...budget, amount: 365_000, per: 'week' })).toBe(365_000)
})
