import { expect, test } from 'vitest'
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
