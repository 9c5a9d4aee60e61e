import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isPlanRecord } from './plan-record.ts'

const code = (code: string) => ({ coding: [{ code }] })

test.each([
  ['a plan, and a what-if plan', { resourceType: 'CarePlan' }, true],
  ['a goal', { resourceType: 'Goal' }, true],
  ['the team', { resourceType: 'CareTeam' }, true],
  ['an action', { resourceType: 'Task', intent: 'order' }, true],
  ['a suggestion', { resourceType: 'Task', intent: 'proposal' }, false],
  ['a task for staff', { resourceType: 'Task', intent: 'order', code: code('staff-task') }, false],
  ['a referral', { resourceType: 'Task', intent: 'order', code: code('referral') }, false],
  ['an About me text', { resourceType: 'Observation', code: code('1515861000000103') }, true],
  ['a reading', { resourceType: 'Observation', code: code('29463-7') }, false],
  ['a need', { resourceType: 'Condition', category: [code('health-concern')] }, true],
  ['a diagnosis', { resourceType: 'Condition', category: [code('problem-list-item')] }, false],
  ['a message', { resourceType: 'Communication' }, false],
])('The author of %s is kept with each version, or not: %#', (_what, resource, expected) => {
  expect(isPlanRecord(resource as Resource)).toBe(expected)
})
