import type { Consent, ConsentProvision } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import {
  asksForRooms,
  type ConsentedLabels,
  consentedLabelsFor,
  namedIn,
  opensRooms,
} from './consent.ts'

const chidi = [{ role: { text: 'carer' }, reference: { reference: 'RelatedPerson/chidi' } }]
const rooms = (...codes: string[]) => codes.map((code) => ({ system: 'x', code }))
const may = (...codes: string[]) => codes.map((code) => ({ coding: [{ code }] }))
const nothing: ConsentedLabels = { read: [], write: [] }

const consent = (provision: ConsentProvision | undefined, status = 'active') =>
  ({ resourceType: 'Consent', status, provision }) as Consent

const reads: ConsentProvision = { actor: chidi, class: rooms('roof', 'me'), action: may('read') }
const given: ConsentedLabels = { read: ['me', 'roof'], write: [] }

test.each<[string, Consent, ConsentedLabels]>([
  ['rooms to read, in the order of the house', consent(reads), given],
  [
    'rooms to write are rooms to read',
    consent({ ...reads, action: may('read', 'write') }),
    { read: ['me', 'roof'], write: ['me', 'roof'] },
  ],
  ['without an act they are to read', consent({ ...reads, action: [{}] }), given],
  ['nothing when it is withdrawn', consent(reads, 'inactive'), nothing],
  ['nothing without words on it', consent(undefined), nothing],
  [
    'nothing to somebody else',
    consent({ ...reads, actor: [{ role: {}, reference: { reference: 'RelatedPerson/x' } }] }),
    nothing,
  ],
  ['nothing to nobody', consent({ class: rooms('me') }), nothing],
  [
    'no room that is not of the house',
    consent({ ...reads, class: rooms('own', 'professional') }),
    nothing,
  ],
  ['no room when none is named', consent({ actor: chidi }), nothing],
  [
    'a room that is denied is taken out',
    consent({ actor: chidi, provision: [reads, { type: 'deny', class: rooms('me') }] }),
    { read: ['roof'], write: [] },
  ],
  [
    'a denied room is not written in either',
    consent({
      actor: chidi,
      provision: [
        { ...reads, action: may('write') },
        { type: 'deny', class: rooms('me') },
      ],
    }),
    { read: ['roof'], write: ['roof'] },
  ],
  [
    'what is within has the actor and period of what is around',
    consent({ actor: chidi, period: { end: '2026-03-01' }, provision: [{ class: rooms('me') }] }),
    nothing,
  ],
  [
    'unless it has its own',
    consent({
      actor: chidi,
      period: { end: '2026-03-01' },
      provision: [{ class: rooms('me'), period: { end: '2026-04-01' } }],
    }),
    { read: ['me'], write: [] },
  ],
  [
    'for somebody else within',
    consent({
      actor: chidi,
      provision: [{ ...reads, actor: [{ role: {}, reference: { reference: 'RelatedPerson/x' } }] }],
    }),
    nothing,
  ],
  ['before it begins nothing', consent({ ...reads, period: { start: '2026-03-03' } }), nothing],
  ['from its first day', consent({ ...reads, period: { start: '2026-03-02T18:00:00Z' } }), given],
  [
    'from its first day, as it is there',
    consent({ ...reads, period: { start: '2026-03-02T23:30:00-09:00' } }),
    nothing,
  ],
  ['to the end of its last day', consent({ ...reads, period: { end: '2026-03-02' } }), given],
  ['not on the day after', consent({ ...reads, period: { end: '2026-03-01' } }), nothing],
  [
    'to the hour, when one is said',
    consent({ ...reads, period: { end: '2026-03-02T09:00:01Z' } }),
    given,
  ],
  ['not at that hour', consent({ ...reads, period: { end: '2026-03-02T09:00:00Z' } }), nothing],
])('what is shared: %s', (_title, one, expected) => {
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-02T09:00:00Z')).toEqual(expected)
})

test('an end with an hour, asked for on a day, lasts that day', () => {
  const one = consent({ ...reads, period: { end: '2026-03-02T09:00:00Z' } })
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-02')).toEqual(given)
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-03')).toEqual(nothing)
})

test.each<[string, Parameters<typeof opensRooms>[0], boolean]>([
  ['with a room', consent(reads), true],
  ['with a room further in', consent({ provision: [reads] }), true],
  ['that is over', consent(reads, 'inactive'), false],
  ['of another kind', consent({ actor: chidi }), false],
  ['without words on it', consent(undefined), false],
])('a consent %s opens something: %s', (_title, one, opens) => {
  expect(opensRooms(one)).toBe(opens)
})

test.each<[string, Parameters<typeof opensRooms>[0], boolean]>([
  ['proposed', consent(reads, 'proposed'), true],
  ['drafted', consent(reads, 'draft'), true],
  ['given', consent(reads), false],
  ['refused', consent(reads, 'rejected'), false],
  ['proposed, of another kind', consent({ actor: chidi }, 'proposed'), false],
])('a consent that is %s waits to open something: %s', (_title, one, asks) => {
  expect(asksForRooms(one)).toBe(asks)
})

test('everybody whom a consent names is found, at any depth, and once', () => {
  const other = [{ role: {}, reference: { reference: 'RelatedPerson/x' } }]
  const deep = { ...reads, provision: [{ provision: [{ actor: other }, { actor: chidi }] }] }
  expect(namedIn(consent(deep))).toEqual(['RelatedPerson/chidi', 'RelatedPerson/x'])
  expect(namedIn(consent({ actor: [{ role: {}, reference: { display: 'x' } }] }))).toEqual([])
  expect(namedIn(consent(undefined))).toEqual([])
})

test('no other record waits for anything', () => {
  expect(asksForRooms({ resourceType: 'Patient', active: true })).toBe(false)
})

test('no other record opens anything', () => {
  expect(opensRooms({ resourceType: 'Patient', active: true })).toBe(false)
})
