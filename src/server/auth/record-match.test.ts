import { expect, test } from 'vitest'
import { isWithinPeriod } from './record-match.ts'

const now = new Date('2026-03-03T01:40:00Z')

test.each([
  [{ end: '2026-03-02' }, 'America/Los_Angeles', true],
  [{ end: '2026-03-02' }, 'Europe/London', false],
  [{ end: '2026-03-02' }, 'Pacific/Auckland', false],
  [{ start: '2026-03-03' }, 'America/Los_Angeles', false],
  [{ start: '2026-03-03' }, 'Pacific/Auckland', true],
  [{ end: '2026-03' }, 'Europe/London', true],
  [{ end: '2026-02' }, 'Europe/London', false],
  [{ end: '2026-03-03T01:40:00Z' }, 'America/Los_Angeles', false],
  [{ start: '2026-03-03T01:40:00Z' }, 'Pacific/Auckland', true],
  [undefined, 'Pacific/Auckland', true],
])('a role with the period %o is valid in %s: %s', (period, zone, stands) => {
  expect(isWithinPeriod(period, { now, zone })).toBe(stands)
})
