import type { CarePlan, Goal } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { livingPlan, otherPlans } from './living-plan.ts'

const subject = { reference: 'Patient/p' }
const plan = (id: string, more: Partial<CarePlan> = {}): CarePlan => ({
  ...{ resourceType: 'CarePlan', id, status: 'active', intent: 'order', subject },
  ...more,
})
const goal = (id: string, text: string): Goal => ({
  ...{ resourceType: 'Goal', id, lifecycleStatus: 'active', subject, description: { text } },
})
const ofCase = { supportingInfo: [{ reference: 'EpisodeOfCare/c' }] }
const withGoal = { goal: [{ reference: 'Goal/feet' }] }
const lungs = plan('lungs', { title: 'COPD', period: { start: '2017-03-05' } })
const sugar = plan('sugar', { title: 'Diabetes', period: { start: '1996-03-16' }, ...withGoal })
const over = plan('over', { status: 'completed', period: { start: '2025-01-01' }, ...withGoal })
const ours = plan('plan-c', ofCase)

test.each([
  ['one with goals goes before a newer one without', [lungs, sugar], undefined, 'sugar'],
  ['a running one goes before one that has ended', [over, lungs], undefined, 'lungs'],
  ['what ended is shown where there is nothing else', [over], undefined, 'over'],
  ['the plan of the open case goes before all', [sugar, lungs, ours], 'c', 'plan-c'],
  ['another that names the case', [sugar, { ...lungs, ...ofCase }], 'c', 'lungs'],
  ['an open case without a plan has none', [sugar, lungs], 'c', undefined],
  ['what to do if things get worse is no plan', [plan('whatif-c')], undefined, undefined],
] as const)('of several plans %s', (_title, plans, caseId, living) => {
  const orders = fc.shuffledSubarray([...plans], { minLength: plans.length })
  fc.assert(
    fc.property(orders, (some) => livingPlan(some, caseId)?.id === living),
    { seed: 1, numRuns: 20 },
  )
})

test('all the others are told with their goals, running ones first, and none that was an error', () => {
  const wrong = plan('wrong', { status: 'entered-in-error' })
  const plans = [over, wrong, ours, lungs, sugar]
  const others = otherPlans(plans, livingPlan(plans, 'c'), [goal('feet', 'Foot health')])
  expect(others.map(({ id, ended, title, goals }) => ({ id, ended, title, goals }))).toEqual([
    { id: 'sugar', ended: false, title: 'Diabetes', goals: ['Foot health'] },
    { id: 'lungs', ended: false, title: 'COPD', goals: [] },
    { id: 'over', ended: true, title: '', goals: ['Foot health'] },
  ])
})
