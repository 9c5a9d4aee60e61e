import { expect, test } from 'vitest'
import {
  endsAway,
  isStayDue,
  type SessionLimits,
  sessionStep,
  spokenSeconds,
  whyEnded,
} from './session-limits.ts'

const minute = 60_000
const ends: SessionLimits = { idle: 30 * minute, absolute: 720 * minute }
const late: SessionLimits = { idle: 720 * minute, absolute: 720 * minute }

test.each([
  ['no warning before the last two minutes', ends, 28 * minute - 1, { kind: 'quiet' }],
  [
    'a warning two minutes before the idle limit',
    ends,
    28 * minute,
    { kind: 'warn', why: 'idle', at: 30 * minute },
  ],
  ['the session is over at the idle limit', ends, 30 * minute, { kind: 'over', why: 'idle' }],
  [
    'a warning two minutes before the absolute limit',
    late,
    718 * minute,
    { kind: 'warn', why: 'absolute', at: 720 * minute },
  ],
  [
    'the session is over at the absolute limit',
    late,
    720 * minute,
    { kind: 'over', why: 'absolute' },
  ],
] as const)('session limits: %s', (_title, given, now, step) => {
  expect(sessionStep(given, now)).toEqual(step)
})

test('the server hears of a user who has typed for five minutes, not of an idle one', () => {
  expect(isStayDue(ends, 4 * minute)).toBe(false)
  expect(isStayDue(ends, 6 * minute)).toBe(true)
  expect(isStayDue({ ...ends, idle: 36 * minute }, 6 * minute)).toBe(false)
})

test('a session the server no longer knows timed out, or was ended early', () => {
  expect(whyEnded(ends, 31 * minute)).toBe('idle')
  expect(whyEnded(late, 721 * minute)).toBe('absolute')
  expect(whyEnded(ends, 10 * minute)).toBe('ended')
  expect(whyEnded(undefined, 0)).toBe('ended')
})

test.each([
  [120_000, 120],
  [119_000, 120],
  [89_500, 90],
  [31_000, 60],
  [30_000, 30],
  [9_100, 10],
  [-5, 0],
])('%i milliseconds are announced as %i seconds', (left, spoken) => {
  expect(spokenSeconds(left)).toBe(spoken)
})

test.each([
  ['moves on with use of the device', 40, false, 70],
  ['never moves back', -10, false, 30],
  ['moves on by three hours during visits', 40, true, 220],
  ['never passes the absolute limit', 700, true, 720],
])('on a device without network the idle limit %s', (_how, lastUse, isOnVisits, minutes) => {
  const away = endsAway(ends, { lastUse: lastUse * minute, isOnVisits })
  expect(away).toEqual({ idle: minutes * minute, absolute: ends.absolute })
})
