import { expect, test } from 'vitest'
import type { Actor } from '#domain/access/actor.ts'
import { homeRouteFor } from './home-route.ts'

const amina = { identity: 'amina', role: 'nurse-case-manager', name: 'Amina' } as Actor
const grace = { identity: 'grace', role: 'person', name: 'Grace' } as Actor

test('Whoever signs in comes to the page that was asked for, when it is one for her', () => {
  expect(homeRouteFor(amina, '/people/p-1/plan?room=me')).toBe('/people/p-1/plan?room=me')
  expect(homeRouteFor(grace, '/my/readings')).toBe('/my/readings')
})

test('A page of another role, or of another site, is never where a sign-in ends', () => {
  expect(homeRouteFor(grace, '/people/p-1/plan')).toBe('/my')
  expect(homeRouteFor(amina, '/my')).toBe('/today')
  expect(homeRouteFor(amina, '//elsewhere.example')).toBe('/today')
  expect(homeRouteFor(amina, 'https://elsewhere.example')).toBe('/today')
  expect(homeRouteFor(amina)).toBe('/today')
})
