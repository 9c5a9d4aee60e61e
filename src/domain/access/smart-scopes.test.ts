import { expect, test } from 'vitest'
import { bringingMessages, mayDo, smartScopesIn, typesWith } from './smart-scopes.ts'

test.each([
  ['system/Observation.rs', 'rs'],
  ['system/Observation.cruds', 'cruds'],
  ['system/Observation.read', 'rs'],
  ['system/Observation.write', 'cud'],
  ['system/Observation.*', 'cruds'],
  ['system/*.r', 'r'],
  ['system/Observation.sr', ''],
  ['system/Observation.rs?category=laboratory', ''],
  ['user/Observation.rs', ''],
  ['patient/Observation.rs', ''],
  ['system/Patient.rs', ''],
  ['Observation.rs', ''],
  ['ecosystem/Observation.rs', ''],
  ['system/*.*', 'cruds'],
  ['openid', ''],
])('the scope %s grants “%s” on observations', (scope, letters) => {
  const grants = smartScopesIn([scope])
  const given = (['c', 'r', 'u', 'd', 's'] as const).filter((each) =>
    mayDo(grants, each, 'Observation'),
  )
  expect(given.join('')).toBe(letters)
})

test('types are listed when they have all of the letters, and * means every type', () => {
  const grants = smartScopesIn(['system/Observation.rs', 'system/Patient.r', 'system/Goal.s'])
  expect(typesWith(grants, ['r'])).toEqual(['Observation', 'Patient'])
  expect(typesWith(grants, ['r', 's'])).toEqual(['Observation'])
  expect(typesWith(smartScopesIn(['system/*.rs']), ['r', 's'])).toBeUndefined()
  expect(typesWith(smartScopesIn(['system/*.r', 'system/Goal.s']), ['r', 's'])).toEqual(['Goal'])
  expect(typesWith(smartScopesIn([]), ['r'])).toEqual([])
  expect(typesWith(smartScopesIn(['system/*.r', 'system/Goal.cruds']), ['s'])).toEqual(['Goal'])
  expect(typesWith({ '*': 'r' }, ['r', 's'])).toEqual([])
})

test('a scope that grants nothing leaves no grant', () => {
  expect(smartScopesIn(['openid', 'user/Observation.rs'])).toEqual({})
  expect(bringingMessages).toBe('hl7/adt.write')
})
