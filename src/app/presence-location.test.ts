import { expect, test } from 'vitest'
import { demoActor } from '#test-support/access/actors.ts'
import { presenceLocation } from './presence-location.ts'

const grace = demoActor('grace').person ?? ''

test.each([
  ['/people/p1/plan', 'amina', 'p1 house'],
  ['/people/p1/plan/team', 'amina', 'p1 team'],
  ['/people/p1/plan/goals/g1', 'amina', 'p1 conversation'],
  ['/people/p1/tasks', 'amina', 'p1 team'],
  ['/people/p1/plan/cellar', 'amina', 'nowhere'],
  ['/people/p1/readings', 'amina', 'nowhere'],
  ['/today', 'amina', 'nowhere'],
  ['/my', 'grace', `${grace} house`],
  ['/my/me', 'grace', `${grace} me`],
  ['/my/conversation', 'chidi', `${grace} conversation`],
  ['/my/who-looked', 'grace', 'nowhere'],
  ['/my', 'admin', 'nowhere'],
])('the presence location of %s for %s is %s', (path, identity, place) => {
  const found = presenceLocation(path, demoActor(identity))
  expect(found ? `${found.person} ${found.place}` : 'nowhere').toBe(place)
})
