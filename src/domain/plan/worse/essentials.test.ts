import { expect, test } from 'vitest'
import { movedInto } from '#domain/home/care-home.ts'
import { homePlaceToOrganisation } from '#domain/home/home-place.ts'
import { essentialsFrom } from './essentials.ts'

const place = {
  ...{ id: 'home-brook', name: 'Brook House', phone: '01632 960150', nightPhone: '' },
  ...{ manager: '', address: '3 Mill Lane, Brook', postcode: 'BK1 2CD', ods: '' },
}
const home = { ...place, place: place.id, keyWorker: '' }
const resident = movedInto({ resourceType: 'Patient', id: 'p-1' }, home, '2026-02-01')

test('A card says in which care home the person lives, with its street, town and postcode', () => {
  const essentials = essentialsFrom([resident, homePlaceToOrganisation(place)], '2026-03-02')
  expect(essentials?.livesAt).toBe('Brook House, 3 Mill Lane, Brook, BK1 2CD')
})

test('A home of which no address is recorded, or whose record cannot be read, says none', () => {
  const silent = homePlaceToOrganisation({ ...place, address: '', postcode: '' })
  expect(essentialsFrom([resident, silent], '2026-03-02')?.livesAt).toBeUndefined()
  expect(essentialsFrom([resident], '2026-03-02')?.livesAt).toBeUndefined()
})
