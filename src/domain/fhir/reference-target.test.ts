import { expect, test } from 'vitest'
import { referenceTarget } from './reference-target.ts'

test.each([
  ['Patient/p-1', { type: 'Patient', id: 'p-1' }],
  ['https://elsewhere.example/fhir/Patient/p.1', { type: 'Patient', id: 'p.1' }],
  ['Goal/g/_history/12', { type: 'Goal', id: 'g' }],
  ['Goal/g/_history/', undefined],
  [`Goal/${'g'.repeat(64)}`, { type: 'Goal', id: 'g'.repeat(64) }],
  [`Goal/${'g'.repeat(65)}`, undefined],
  ['Patient/', undefined],
  ['xPatient/p', undefined],
  ['Patient/p/more', undefined],
  ['Patient/p d', undefined],
  ['#inside', undefined],
  ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', undefined],
  ['', undefined],
])('the type and id of the reference “%s”', (text, target) => {
  expect(referenceTarget(text)).toEqual(target)
})
