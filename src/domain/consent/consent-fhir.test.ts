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
    'until the end of its last day',
    { ...given, until: '2026-03-05' },
    '2026-03-05T20:00:00Z',
    { read: ['me', 'team', 'roof'], write: ['me'] },
  ],
  [
    'as nothing on the day after its last day',
    { ...given, until: '2026-03-05' },
    '2026-03-06T00:01:00Z',
    { read: [], write: [] },
  ],
  ['as nothing when it was withdrawn', { ...given, read: [] }, at, { read: [], write: [] }],
] as const)('A consent is read back from FHIR %s', (_how, share, day, rooms) => {
  expect(consentedLabelsFor([consentToFhir(share, at)], 'RelatedPerson/r', day)).toEqual(rooms)
})

test('A consent for one carer gives nothing to another', () => {
  expect(consentedLabelsFor([consentToFhir(given, at)], 'RelatedPerson/other', at).read).toEqual([])
})
