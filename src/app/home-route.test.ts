import { expect, test } from 'vitest'
import type { Actor } from '#domain/access/actor.ts'
import { homeRouteFor } from './home-route.ts'

const amina = { identity: 'amina', role: 'nurse-case-manager', name: 'Amina' } as Actor
const grace = { identity: 'grace', role: 'person', name: 'Grace' } as Actor

test('A user who signs in comes to the page asked for, if it is for their role', () => {
  expect(homeRouteFor(amina, '/people/p-1/plan?room=me')).toBe('/people/p-1/plan?room=me')
  expect(homeRouteFor(grace, '/my/readings')).toBe('/my/readings')
})

test('Signing in never leads to a page of another role or another site', () => {
  expect(homeRouteFor(grace, '/people/p-1/plan')).toBe('/my')
  expect(homeRouteFor(amina, '/my')).toBe('/today')
  expect(homeRouteFor(amina, '//elsewhere.example')).toBe('/today')
  expect(homeRouteFor(amina, 'https://elsewhere.example')).toBe('/today')
  expect(homeRouteFor(amina)).toBe('/today')
})
