import { expect, test } from 'vitest'
import { redirectAfterSignIn } from './redirect-after-sign-in.ts'

const amina = { actor: { identity: 'amina', name: 'Amina', role: 'gp' } } as const
const karen = { actor: { identity: 'karen', name: 'Karen', role: 'gp' } } as const
const ended = { actor: undefined, ended: { why: 'idle', identity: 'amina' } } as const
const nobody = { actor: undefined }
const goal = { pathname: '/people/p1/plan/goals/g1', search: '?x=1' }
const door = { pathname: '/sign-in', search: '?to=%2Ftoday&ended=idle' }

test.each([
  [
    'a session that ended remembers the page and says why',
    ...[ended, amina, goal, '/sign-in?to=%2Fpeople%2Fp1%2Fplan%2Fgoals%2Fg1%3Fx%3D1&ended=idle'],
  ],
  ['signing out leaves nothing behind', nobody, amina, goal, '/sign-in'],
  ['signing in leads to where it was asked from', amina, nobody, door, '/?to=%2Ftoday&ended=idle'],
  ['another identity in another tab begins at the beginning', karen, amina, goal, '/'],
  ['a second end keeps what the first remembered', ended, amina, door, `/sign-in${door.search}`],
] as const)('%s', (_title, session, before, place, to) => {
  expect(redirectAfterSignIn(session, before, place)).toBe(to)
})
