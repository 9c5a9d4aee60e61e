import { expect, test } from 'vitest'
import { sameSitePath } from './same-site-path.ts'

test.each([
  ['/people/p1/plan', '/people/p1/plan'],
  ['/find?band=severe', '/find?band=severe'],
  [null, '/'],
  ['', '/'],
  ['people', '/'],
  ['https://elsewhere.example/x', '/'],
  ['//elsewhere.example/x', '/'],
  ['/\\elsewhere.example/x', '/'],
  ['/\t/elsewhere.example', '/'],
  ['/.//elsewhere.example', '/'],
  ['/auth/sign-in?to=/x', '/'],
  ['/fhir/Patient', '/'],
  ['/events', '/'],
  ['/today#top', '/today'],
])('after sign-in %s leads to %s', (asked, to) => {
  expect(sameSitePath(asked)).toBe(to)
})
