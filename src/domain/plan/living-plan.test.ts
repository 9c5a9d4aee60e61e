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
  ['one with goals is shown before a newer one without', [lungs, sugar], undefined, 'sugar'],
  ['an active one is shown before one that has ended', [over, lungs], undefined, 'lungs'],
  ['an ended one is shown when there is no other', [over], undefined, 'over'],
  ['the plan of the open case is shown before all others', [sugar, lungs, ours], 'c', 'plan-c'],
  ['another plan that names the case is shown', [sugar, { ...lungs, ...ofCase }], 'c', 'lungs'],
  ['none is shown for an open case without a plan', [sugar, lungs], 'c', undefined],
  ['a plan for if things get worse does not count', [plan('whatif-c')], undefined, undefined],
] as const)('of several plans: %s', (_title, plans, caseId, living) => {
  const orders = fc.shuffledSubarray([...plans], { minLength: plans.length })
  fc.assert(
    fc.property(orders, (some) => livingPlan(some, caseId)?.id === living),
    { seed: 1, numRuns: 20 },
  )
})

test('the other plans are listed with their goals, active ones first and without errors', () => {
  const wrong = plan('wrong', { status: 'entered-in-error' })
  const plans = [over, wrong, ours, lungs, sugar]
  const others = otherPlans(plans, livingPlan(plans, 'c'), [goal('feet', 'Foot health')])
  expect(others.map(({ id, ended, title, goals }) => ({ id, ended, title, goals }))).toEqual([
    { id: 'sugar', ended: false, title: 'Diabetes', goals: ['Foot health'] },
    { id: 'lungs', ended: false, title: 'COPD', goals: [] },
    { id: 'over', ended: true, title: '', goals: ['Foot health'] },
  ])
})
