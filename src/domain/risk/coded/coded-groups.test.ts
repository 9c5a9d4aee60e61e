import { expect, test } from 'vitest'
import { elixhauserGroupsOf, elixhauserPrefixes } from './elixhauser-groups.ts'
import { hospitalFrailtyPoints } from './hospital-frailty-points.ts'
import { spelledOut } from './icd10-prefixes.ts'

test('The Elixhauser groups are 31, of 399 prefixes', () => {
  const all = Object.values(elixhauserPrefixes).flatMap(spelledOut)
  expect([Object.keys(elixhauserPrefixes).length, all.length]).toEqual([31, 399])
})

test('Elixhauser groups share exactly the published codes', () => {
  const all = new Set(Object.values(elixhauserPrefixes).flatMap(spelledOut))
  const shared = [...all].filter((code) => elixhauserGroupsOf(code).length > 1)
  expect(shared.toSorted()).toEqual(
    'F204 F315 G114 I110 I120 I130 I131 I132 I278 I279 I426 K700 K703 K709'.split(' '),
  )
})

test('The Hospital Frailty Risk Score has 109 categories with 173.2 points', () => {
  const sum = [...hospitalFrailtyPoints.values()].reduce((all, each) => all + each * 10, 0)
  expect([hospitalFrailtyPoints.size, Math.round(sum)]).toEqual([109, 1732])
})
