import { expect, test } from 'vitest'
import { planStep } from './plan-step.ts'
import type { SupportPlan } from './support-plan.ts'

const by = { reference: 'Practitioner/k', name: 'Karen Lee', voice: 'professional' as const }
const yes = {
  ...{ edition: 1, agrees: true, words: '', by, at: '2026-01-06T09:00:00Z' },
  ...{ said: '', writtenDownBy: '' },
}
const plan: SupportPlan = {
  ...{ id: 's', person: 'p', version: 1, assessed: 'adult', decision: 'd', outcomes: [] },
  ...{ startsOn: '2026-01-05', reviewOn: '2026-12-20', edition: 1, offered: 1 },
  ...{ answers: [], reviews: [], written: { by, at: '2026-01-04T09:00:00Z' } },
}
const held = { kind: 'light' as const, on: '2026-02-20', words: 'x', by: 'k', at: '' }

const rows: readonly (readonly [string, Partial<SupportPlan>, string, string | undefined])[] = [
  [
    'a draft is to be shown to the person',
    { offered: 0 },
    '2026-01-05',
    'plan-to-offer 2026-01-04',
  ],
  ['asked, without an answer', {}, '2026-01-05', 'plan-to-agree 2026-01-04'],
  [
    'not like this',
    { answers: [{ ...yes, agrees: false }] },
    '2026-01-07',
    'plan-not-agreed 2026-01-06',
  ],
  ['agreed, long before the early look', { answers: [yes] }, '2026-01-18', undefined],
  [
    'four weeks before six weeks are over',
    { answers: [yes] },
    '2026-01-19',
    'plan-review 2026-03-02',
  ],
  ['the early look is overdue', { answers: [yes] }, '2026-04-01', 'plan-review 2026-03-02'],
  ['after the early look', { answers: [yes], reviews: [held] }, '2026-04-01', undefined],
  [
    'four weeks before the year is over',
    { answers: [yes], reviews: [held] },
    '2026-11-22',
    'plan-review 2026-12-20',
  ],
  ['ended', { answers: [yes], ended: { by: '', at: '', reason: 'x' } }, '2026-12-01', undefined],
]

test.each(rows)('%s', (_title, more, today, wanted) => {
  const next = planStep({
    plan: { ...plan, ...more },
    today,
    dayOf: (at) => at.split('T')[0] ?? '',
  })
  expect(next && `${next.step} ${next.day}`).toBe(wanted)
})
