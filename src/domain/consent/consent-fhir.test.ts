import { expect, test } from 'vitest'
import { consentedLabelsFor } from './consent.ts'
import { type ConsentGiven, consentToFhir } from './consent-fhir.ts'

const given: ConsentGiven = {
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
  expect(consentedLabelsFor([consentToFhir(share, at)], 'RelatedPerson/r', day)).toEqual(rooms)
})

test('What is given to one is not given to another', () => {
  expect(consentedLabelsFor([consentToFhir(given, at)], 'RelatedPerson/other', at).read).toEqual([])
})
