import { expect, test } from 'vitest'
import { redirectAfterSignIn } from './redirect-after-sign-in.ts'

const amina = { actor: { identity: 'amina', name: 'Amina', role: 'gp' } } as const
const karen = { actor: { identity: 'karen', name: 'Karen', role: 'gp' } } as const
const ended = { actor: undefined, ended: { why: 'idle', identity: 'amina' } } as const
const nobody = { actor: undefined }
const goal = { pathname: '/people/p1/plan/goals/g1', search: '?x=1' }
const signInPage = { pathname: '/sign-in', search: '?to=%2Ftoday&ended=idle' }

test.each([
  [
    'a session that ended remembers the page and says why',
    ...[ended, amina, goal, '/sign-in?to=%2Fpeople%2Fp1%2Fplan%2Fgoals%2Fg1%3Fx%3D1&ended=idle'],
  ],
  ['signing out forgets the page', nobody, amina, goal, '/sign-in'],
  [
    'signing in leads to the page it was asked from',
    amina,
    nobody,
    signInPage,
    '/?to=%2Ftoday&ended=idle',
  ],
  ['another identity in another tab starts on its home page', karen, amina, goal, '/'],
  [
    'a second timeout keeps the page the first one remembered',
    ended,
    amina,
    signInPage,
    `/sign-in${signInPage.search}`,
  ],
] as const)('the redirect: %s', (_title, session, before, place, to) => {
  expect(redirectAfterSignIn(session, before, place)).toBe(to)
})
