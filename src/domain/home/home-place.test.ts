import type { Identifier } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { type HomePlace, homePlaceFrom, homePlaceToOrganisation, homesAlike } from './home-place.ts'

const home = (more: Partial<HomePlace> = {}): HomePlace => ({
  ...{ id: 'home-1', name: 'Brook House', phone: '1', nightPhone: '2', manager: 'Ros Hale' },
  ...{ address: '1 Mill Lane', postcode: 'ZZ1 1AA', ods: 'X1' },
  ...more,
})

test('a home is stored and read as it was written, and keeps what others wrote beside it', () => {
  const stored = homePlaceToOrganisation(home({ ods: '' }))
  expect(homePlaceFrom(stored)).toEqual(home({ ods: '' }))
  const more = {
    ...stored,
    alias: ['The House'],
    contact: [...(stored.contact ?? []), { name: { text: 'Cook' } }],
  }
  const changed = homePlaceToOrganisation(home({ ods: '', manager: 'Di Low' }), more)
  expect(changed.alias).toEqual(['The House'])
  expect(changed.contact?.map(({ name }) => name?.text)).toEqual(['Cook', 'Di Low'])
})

test('a home is known by its code only while that names it', () => {
  const ended = { system: odsCodeSystem, value: 'X1', period: { end: '2026-03-09' } }
  const organization = { resourceType: 'Organization', identifier: [ended] } as const
  const ods = (...identifier: Identifier[]) =>
    homePlaceFrom({ ...organization, identifier }, '2026-03-10').ods
  expect(ods(ended)).toBe('')
  expect(ods(ended, { system: odsCodeSystem, value: 'X2' })).toBe('X2')
  expect(homePlaceFrom({ ...organization, identifier: [ended] }, '2026-03-09').ods).toBe('X1')
})

test.each([
  ['the same name and postcode', { name: 'brook house', postcode: 'zz11aa', ods: '' }, true],
  ['the same name, without a postcode', { postcode: '', ods: '' }, true],
  ['the same code under another name', { name: 'The Brook', postcode: 'ZZ9 9ZZ' }, true],
  ['the same name in another place', { postcode: 'ZZ9 9ZZ', ods: '' }, false],
  ['another name', { name: 'The Limes', ods: '' }, false],
  ['the home itself', { id: 'home-1' }, false],
])('a home with %s: may it be the same? %j', (_title, typed, isAlike) => {
  const found = homesAlike([home()], home({ id: 'home-2', ...typed }))
  expect(found.length > 0).toBe(isAlike)
})
