import { expect, test } from 'vitest'
import { sharedWith } from './consent.ts'
import { type Given, shareToFhir } from './consent-fhir.ts'

const given: Given = {
  ...{ person: 'p', relative: 'r', until: '' },
  ...{ read: ['me', 'roof', 'team'], write: ['me', 'support'] },
}
const at = '2026-03-02T09:00:00Z'

test.each([
  ['as it was given', given, at, { read: ['me', 'team', 'roof'], write: ['me'] }],
  [
    'to the end of its last day',
    { ...given, until: '2026-03-05' },
    '2026-03-05T20:00:00Z',
    { read: ['me', 'team', 'roof'], write: ['me'] },
  ],
  [
    'no longer on the day after',
    { ...given, until: '2026-03-05' },
    '2026-03-06T00:01:00Z',
    { read: [], write: [] },
  ],
  ['nothing when it was taken back', { ...given, read: [] }, at, { read: [], write: [] }],
] as const)('What a person gives is read back %s', (_how, share, day, rooms) => {
  expect(sharedWith([shareToFhir(share, at)], 'RelatedPerson/r', day)).toEqual(rooms)
})

test('What is given to one is not given to another', () => {
  expect(sharedWith([shareToFhir(given, at)], 'RelatedPerson/other', at).read).toEqual([])
})
