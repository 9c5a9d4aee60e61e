import { expect, test } from 'vitest'
import { changesFor, contentChangesSince } from './changes-since.ts'
import type { PlanEvent } from './plan.ts'

const by = { reference: 'Practitioner/a', name: 'Amina', voice: 'professional' } as const
const event = (id: string, at: string, targets: readonly string[]): PlanEvent => ({
  ...{ id, kind: 'write-goal', room: 'conversation', by, at, targets },
})

test('several saves of a record by one user are one item of news, and each comment is one of its own', () => {
  const other = { reference: 'Practitioner/t', name: 'Tom', voice: 'professional' } as const
  const day = (number: number) => `2026-03-0${number}T09:00:00Z`
  const plan = (version: number) => `CarePlan/plan-c/_history/${version}`
  const comment = { kind: 'comment', targets: ['Goal/g'] } as const
  const events = [
    event('first', day(1), ['Goal/g/_history/2', plan(6)]),
    event('again', day(2), ['Goal/g/_history/3', plan(7)]),
    event('another record', day(3), ['Goal/h/_history/1', plan(8)]),
    { ...event('by another', day(4), ['Goal/g/_history/4', plan(9)]), by: other },
    { ...event('otherwise', day(5), ['Goal/g/_history/5']), kind: 'write-need' as const },
    { ...event('said', day(6), []), ...comment },
    { ...event('said too', day(7), []), ...comment },
  ]
  const changed = changesFor(events, { references: [], lastViewed: {} }).map((each) => each.id)
  expect(changed).toEqual([
    'said too',
    'said',
    'otherwise',
    'by another',
    'another record',
    'again',
  ])
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
