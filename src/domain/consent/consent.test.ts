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
  ['without an action the rooms are to read', consent({ ...reads, action: [{}] }), given],
  ['nothing when it is withdrawn', consent(reads, 'inactive'), nothing],
  ['nothing without a provision', consent(undefined), nothing],
  [
    'nothing to another carer',
    consent({ ...reads, actor: [{ role: {}, reference: { reference: 'RelatedPerson/x' } }] }),
    nothing,
  ],
  ['nothing without an actor', consent({ class: rooms('me') }), nothing],
  [
    'no room that cannot be shared',
    consent({ ...reads, class: rooms('own', 'professional') }),
    nothing,
  ],
  ['no room when none is named', consent({ actor: chidi }), nothing],
  [
    'no room that is denied',
    consent({ actor: chidi, provision: [reads, { type: 'deny', class: rooms('me') }] }),
    { read: ['roof'], write: [] },
  ],
  [
    'no writing in a denied room',
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
    'an inner provision has the actor and period of the outer one',
    consent({ actor: chidi, period: { end: '2026-03-01' }, provision: [{ class: rooms('me') }] }),
    nothing,
  ],
  [
    'an inner provision has its own period if it names one',
    consent({
      actor: chidi,
      period: { end: '2026-03-01' },
      provision: [{ class: rooms('me'), period: { end: '2026-04-01' } }],
    }),
    { read: ['me'], write: [] },
  ],
  [
    'nothing when the inner provision names another carer',
    consent({
      actor: chidi,
      provision: [{ ...reads, actor: [{ role: {}, reference: { reference: 'RelatedPerson/x' } }] }],
    }),
    nothing,
  ],
  ['nothing before it begins', consent({ ...reads, period: { start: '2026-03-03' } }), nothing],
  [
    'everything from its first day on',
    consent({ ...reads, period: { start: '2026-03-02T18:00:00Z' } }),
    given,
  ],
  [
    'nothing before the first day in its own time zone',
    consent({ ...reads, period: { start: '2026-03-02T23:30:00-09:00' } }),
    nothing,
  ],
  [
    'everything until the end of its last day',
    consent({ ...reads, period: { end: '2026-03-02' } }),
    given,
  ],
  [
    'nothing on the day after its last day',
    consent({ ...reads, period: { end: '2026-03-01' } }),
    nothing,
  ],
  [
    'everything until the hour of its end',
    consent({ ...reads, period: { end: '2026-03-02T09:00:01Z' } }),
    given,
  ],
  [
    'nothing from the hour of its end on',
    consent({ ...reads, period: { end: '2026-03-02T09:00:00Z' } }),
    nothing,
  ],
])('what a consent shares: %s', (_title, one, expected) => {
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-02T09:00:00Z')).toEqual(expected)
})

test('a consent that ends at an hour lasts the whole day when asked for a day', () => {
  const one = consent({ ...reads, period: { end: '2026-03-02T09:00:00Z' } })
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-02')).toEqual(given)
  expect(consentedLabelsFor([one], 'RelatedPerson/chidi', '2026-03-03')).toEqual(nothing)
})

test.each<[string, Parameters<typeof opensRooms>[0], boolean]>([
  ['with a room', consent(reads), true],
  ['with a room in an inner provision', consent({ provision: [reads] }), true],
  ['that is inactive', consent(reads, 'inactive'), false],
  ['without a room', consent({ actor: chidi }), false],
  ['without a provision', consent(undefined), false],
])('a consent %s opens a room: %s', (_title, one, opens) => {
  expect(opensRooms(one)).toBe(opens)
})

test.each<[string, Parameters<typeof opensRooms>[0], boolean]>([
  ['proposed', consent(reads, 'proposed'), true],
  ['drafted', consent(reads, 'draft'), true],
  ['given', consent(reads), false],
  ['refused', consent(reads, 'rejected'), false],
  ['proposed without a room', consent({ actor: chidi }, 'proposed'), false],
])('a consent that is %s asks to open a room: %s', (_title, one, asks) => {
  expect(asksForRooms(one)).toBe(asks)
})

test('every carer a consent names is found once, at any depth', () => {
  const other = [{ role: {}, reference: { reference: 'RelatedPerson/x' } }]
  const deep = { ...reads, provision: [{ provision: [{ actor: other }, { actor: chidi }] }] }
  expect(namedIn(consent(deep))).toEqual(['RelatedPerson/chidi', 'RelatedPerson/x'])
  expect(namedIn(consent({ actor: [{ role: {}, reference: { display: 'x' } }] }))).toEqual([])
  expect(namedIn(consent(undefined))).toEqual([])
})

test('a record of another type asks to open nothing', () => {
  expect(asksForRooms({ resourceType: 'Patient', active: true })).toBe(false)
})

test('a record of another type opens nothing', () => {
  expect(opensRooms({ resourceType: 'Patient', active: true })).toBe(false)
})
