import { expect, test } from 'vitest'
import { anyDay, isCurrentIdentifier } from './current-identifier.ts'

test.each([
  [{}, true],
  [{ period: { end: '2026-03-09' } }, false],
  [{ period: { end: '2026-03-10' } }, true],
  [{ period: { end: '2026-03-10T01:00:00Z' } }, true],
  [{ period: { end: '2026' } }, true],
  [{ period: { end: '2025' } }, false],
  [{ period: { start: '2026-03-10' } }, true],
  [{ period: { start: '2026-03-11' } }, false],
  [{ period: { start: '2026-03' } }, true],
  [{ period: { start: '2026-04' } }, false],
  [{ use: 'old' as const }, false],
])('An identifier %j names its bearer on 10 March 2026: %s', (identifier, is) => {
  expect(isCurrentIdentifier(identifier, '2026-03-10')).toBe(is)
})

test('Asked of no day, a number that ended counts', () => {
  expect(isCurrentIdentifier({ period: { end: '2020-01-01' } }, anyDay)).toBe(true)
})
