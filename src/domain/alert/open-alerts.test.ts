import { describe, expect, test } from 'vitest'
import type { Reading } from '#domain/reading/reading.ts'
import { closedAlerts } from './closed-alerts.ts'
import { openAlerts } from './open-alerts.ts'

const oxygen = (id: string, value: number, at: string): Reading => ({
  ...{ id, person: 'p', kind: 'oxygen', value, at },
})
const limits = [{ kind: 'oxygen' as const, low: 88 }]
const readings = [
  oxygen('a', 82, '2026-02-14T07:00:00Z'),
  oxygen('b', 86, '2026-02-28T07:00:00Z'),
  oxygen('c', 93, '2026-03-01T07:00:00Z'),
]

describe('An alert', () => {
  test('stays open when a normal reading follows, and several are one row', () => {
    expect(openAlerts({ readings, limits, closed: [] })).toMatchObject([
      {
        ...{ reading: 'b', why: 'low', since: '2026-02-14T07:00:00Z', alerts: ['a', 'b'] },
        worst: { value: 82 },
        latest: { value: 93 },
        points: [{ value: 86 }],
      },
    ])
  })

  test('is closed separately for each reading', () => {
    const left = openAlerts({ readings, limits, closed: ['b'] })
    expect(left.map((each) => each.alerts)).toEqual([['a']])
    expect(openAlerts({ readings, limits, closed: ['a', 'b'] })).toEqual([])
  })

  test('is raised for a reading that cannot be compared with the limits', () => {
    const uncompared = [
      { id: 'u', person: 'p', kind: 'oxygen' as const, at: '2026-03-01T07:00:00Z', written: '82' },
    ]
    const open = openAlerts({ readings: [], uncompared, limits, closed: [] })
    expect(open).toMatchObject([{ why: 'unit', written: '82', points: [] }])
    expect(openAlerts({ readings: [], uncompared, limits: [], closed: [] })).toEqual([])
    expect(openAlerts({ readings: [], uncompared, limits, closed: ['u'] })).toEqual([])
  })

  test('is closed only by an inactive Flag of its reading', () => {
    const flag = (id: string, status: 'active' | 'inactive' | 'entered-in-error') => ({
      ...{ resourceType: 'Flag' as const, id, status, code: {}, subject: {} },
    })
    const flags = [
      ...[flag('alert-a', 'inactive'), flag('alert-b', 'active'), flag('other', 'inactive')],
      flag('alert-c', 'entered-in-error'),
    ]
    expect(closedAlerts(flags)).toEqual(['a'])
  })
})
