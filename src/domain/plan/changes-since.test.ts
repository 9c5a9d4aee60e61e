import { expect, test } from 'vitest'
import { contentChangesSince } from './changes-since.ts'
import type { PlanEvent } from './plan.ts'

const by = { reference: 'Practitioner/a', name: 'Amina', voice: 'professional' } as const
const event = (id: string, at: string, targets: readonly string[]): PlanEvent => ({
  ...{ id, kind: 'write-goal', room: 'conversation', by, at, targets },
})
const yes = { planId: 'plan-c', version: '5', at: '2026-03-02T09:00:00Z' }

test('changes since an agreement are found by the plan’s version, not by the writers’ clocks', () => {
  const events = [
    event('slow', '2020-01-01T00:00:00Z', ['Goal/g/_history/2', 'CarePlan/plan-c/_history/6']),
    event('fast', '2036-01-01T00:00:00Z', ['Goal/g/_history/1', 'CarePlan/plan-c/_history/5']),
    event('without', '2026-03-03T00:00:00Z', ['Goal/h/_history/1']),
    event('before', '2026-03-01T00:00:00Z', ['Goal/h/_history/1']),
  ]
  expect(contentChangesSince(events, yes).map((each) => each.id)).toEqual(['slow', 'without'])
})
