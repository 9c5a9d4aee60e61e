import type { Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { compareRecords, mayBeOnePerson } from './alike.ts'

const today = '2026-03-10'
const numbered = (value: string) => ({ identifier: [{ system: nhsNumberSystem, value }] })
const zoe: Patient = {
  ...{ resourceType: 'Patient', birthDate: '1950-01-01', gender: 'female' },
  name: [{ family: 'O’Neill', given: ['Zoë'] }],
  address: [{ postalCode: 'AB1 2CD' }],
}

test.each<[string, Patient, boolean]>([
  ['without a number, the rest the same', zoe, true],
  [
    'written without accents, apostrophes and spaces',
    { ...zoe, name: [{ family: 'ONEILL', given: ['Zoe'] }], address: [{ postalCode: 'ab12cd' }] },
    true,
  ],
  [
    'with a married name, at the same address',
    { ...zoe, name: [{ family: 'Hill', given: ['Zoë'] }] },
    true,
  ],
  [
    'a twin at the same address: a human decides',
    { ...zoe, name: [{ family: 'O’Neill', given: ['Tom'] }] },
    true,
  ],
  ['with a number whose check digit is wrong', { ...zoe, ...numbered('9991001019') }, true],
  [
    'with another name, elsewhere',
    { ...zoe, name: [{ family: 'Hill', given: ['Zoë'] }], address: [{ postalCode: 'ZZ9 9ZZ' }] },
    false,
  ],
  ['born on another day, elsewhere', { ...zoe, birthDate: '1950-01-02', address: [] }, false],
])('A record that is the same person’s or not: %s', (_what, other, maybe) => {
  expect(mayBeOnePerson(compareRecords({ ...zoe, ...numbered('9991001018') }, other, today))).toBe(
    maybe,
  )
})

test('Two checked numbers that differ are two people, whatever agrees', () => {
  const compared = compareRecords(
    { ...zoe, ...numbered('9991001018') },
    { ...zoe, ...numbered('9991001026') },
    today,
  )
  expect(compared.differ).toEqual(['nhs-number'])
  expect(mayBeOnePerson(compared)).toBe(false)
})

test('What one of them does not say neither agrees nor differs', () => {
  const { address: _none, gender: _unknown, ...less } = zoe
  expect(compareRecords(zoe, less, today)).toEqual({
    agree: ['family', 'given', 'birth-date'],
    differ: [],
  })
})

test('A newborn’s temporary number that ended keeps no two records from being found alike', () => {
  const ended = { system: nhsNumberSystem, value: '9991001018', period: { end: '2026-03-09' } }
  const other = { ...zoe, ...numbered('9991001026') }
  const compared = (today: string) => compareRecords({ ...zoe, identifier: [ended] }, other, today)
  expect(mayBeOnePerson(compared('2026-03-10'))).toBe(true)
  expect(mayBeOnePerson(compared('2026-03-09'))).toBe(false)
})
