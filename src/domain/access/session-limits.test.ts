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
  ['before the last two minutes nothing is said', ends, 28 * minute - 1, { kind: 'quiet' }],
  [
    'two minutes before the idle end',
    ends,
    28 * minute,
    { kind: 'warn', why: 'idle', at: 30 * minute },
  ],
  ['at the idle end', ends, 30 * minute, { kind: 'over', why: 'idle' }],
  [
    'two minutes before the last end',
    late,
    718 * minute,
    { kind: 'warn', why: 'absolute', at: 720 * minute },
  ],
  ['at the last end', late, 720 * minute, { kind: 'over', why: 'absolute' }],
] as const)('%s', (_title, given, now, step) => {
  expect(sessionStep(given, now)).toEqual(step)
})

test('the server is told of somebody who has been typing for five minutes, not of somebody who is away', () => {
  expect(isStayDue(ends, 4 * minute)).toBe(false)
  expect(isStayDue(ends, 6 * minute)).toBe(true)
  expect(isStayDue({ ...ends, idle: 36 * minute }, 6 * minute)).toBe(false)
})

test('a session that the server does not know any more ran out, or was ended before its time', () => {
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
])('%i milliseconds are spoken of as %i seconds', (left, spoken) => {
  expect(spokenSeconds(left)).toBe(spoken)
})

test.each([
  ['moves on with what is done here', 40, false, 70],
  ['never moves back', -10, false, 30],
  ['moves on by three hours on visits', 40, true, 220],
  ['stays within the day of the session', 700, true, 720],
])('away the idle end %s', (_how, lastUse, isOnVisits, minutes) => {
  const away = endsAway(ends, { lastUse: lastUse * minute, isOnVisits })
  expect(away).toEqual({ idle: minutes * minute, absolute: ends.absolute })
})
