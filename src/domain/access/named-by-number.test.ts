import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { tellsOfRooms } from '#domain/consent/consent.ts'
import { type Bearer, isByNumber, namesByNumber, withBearersNamed } from './named-by-number.ts'
import { namesPerson } from './names-person.ts'

const nhs = 'https://fhir.nhs.uk/Id/nhs-number'
const number = '9991001018'
const by = (value: string, system?: string) => ({
  identifier: { ...(system ? { system } : {}), value },
})
const a = (resourceType: string, fields: object) =>
  ({ resourceType, ...fields }) as unknown as Resource
const bearers: readonly Bearer[] = [
  { type: 'Patient', id: 'p', identifier: [{ system: nhs, value: number }, { value: 'A-1' }] },
  {
    type: 'RelatedPerson',
    id: 'r',
    identifier: [{ system: nhs, value: '9991001026' }, { value: 'A-1' }],
  },
  { type: 'RelatedPerson', id: 'bare' },
]
const namedIn = (recipient: object) =>
  (
    withBearersNamed(a('Communication', { recipient: [recipient] }), bearers) as {
      recipient?: { reference?: string }[]
    }
  ).recipient?.[0]?.reference

test.each([
  ['a number', by(number, nhs), 'Patient/p'],
  ['a number in groups', by('999 100-1018', nhs), 'Patient/p'],
  ['a number without its system', by(number), 'Patient/p'],
  ['a number under another system', by(number, 'urn:x'), undefined],
  ['another number', by('9434765919', nhs), undefined],
  ['a number that two people have', by('a-1'), undefined],
  [
    'a number that two people have, with a type',
    { ...by('A-1'), type: 'RelatedPerson' },
    'RelatedPerson/r',
  ],
  ['a number of another type', { ...by(number, nhs), type: 'Practitioner' }, undefined],
  [
    'a number beside an address',
    { ...by(number, nhs), reference: 'Practitioner/x' },
    'Practitioner/x',
  ],
  ['a number in an element that is not a reference', { ...by(number, nhs), role: 'x' }, undefined],
  ['a name alone', { display: 'Grace' }, undefined],
])('a reference by %s is linked to its bearer, if exactly one fits', (_, recipient, reference) => {
  expect(namedIn(recipient)).toBe(reference)
})

test('references are linked at any depth, and everything else stays', () => {
  const team = a('CareTeam', {
    subject: { ...by(number, nhs), display: 'Grace' },
    participant: [{ role: [{ text: 'x' }], member: by(number) }, null],
    reasonReference: [by(number)],
  })
  expect(withBearersNamed(team, bearers)).toEqual({
    ...team,
    subject: { ...by(number, nhs), display: 'Grace', reference: 'Patient/p' },
    participant: [
      { role: [{ text: 'x' }], member: { ...by(number), reference: 'Patient/p' } },
      null,
    ],
  })
})

test.each([
  ['as its subject', { subject: by(number) }, true],
  ['within a participant', { participant: [{ actor: by(number) }] }, true],
  ['in an element that does not decide access', { basedOn: [by(number)] }, false],
  ['by an address', { subject: { reference: 'Patient/p' } }, false],
  ['by a number without a value', { subject: { identifier: { system: nhs } } }, false],
])('a record names a person by number: %s', (_, fields, names) => {
  expect(namesByNumber(a('Communication', fields))).toBe(names)
})

test('only an object with an identifier is a reference by number', () => {
  expect([[], null, 'x', {}, by(number)].map(isByNumber)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test.each([
  ['an address', { reference: 'Patient/x' }, true],
  ['an address of a carer', { reference: 'RelatedPerson/x', ...by(number, nhs) }, false],
  ['an address with more after it', { reference: 'Patient/x/y' }, true],
  ['a search', { reference: 'Patient?name=x' }, true],
  ['a search for staff', { reference: 'Practitioner?name=x' }, false],
  ['a number in an address', { reference: `urn:${number}` }, true],
  ['a number with a wrong check digit', { reference: 'urn:9991001019' }, false],
  ['the person’s number', by(number, nhs), true],
  ['the person’s number without a system', by('999 100 1018'), true],
  ['the person’s number under another system', by(number, 'urn:x'), true],
  [
    'the person’s number with the type of staff',
    { type: 'Practitioner', ...by(number, nhs) },
    true,
  ],
  ['a number of staff', { type: 'Practitioner', ...by(number, 'urn:x') }, false],
  ['a number of a carer', { type: 'RelatedPerson', ...by(number, nhs) }, false],
  ['a reference with the type Patient', { type: 'Patient' }, true],
  ['another number', by('C1234567', 'urn:gmc'), false],
  ['a name', { display: 'Grace' }, false],
  ['a contained person', { reference: '#p' }, true],
  ['a contained member of staff', { reference: '#s' }, false],
])('%s refers to a person, or does not: %#', (_, recipient, means) => {
  const contained = [
    { resourceType: 'Patient', id: 'p' },
    { resourceType: 'Practitioner', id: 's' },
  ]
  expect(namesPerson(a('Communication', { recipient: [recipient], contained }))).toBe(means)
  expect(namesPerson(a('Flag', { author: recipient, contained }))).toBe(false)
})

test.each([
  ['active', true],
  ['inactive', true],
  ['proposed', false],
  ['draft', false],
])('a Consent to a room that is %s mentions rooms: %s', (status, tells) => {
  const provision = { class: [{ code: 'me' }] }
  expect(tellsOfRooms(a('Consent', { status, provision }))).toBe(tells)
  expect(tellsOfRooms(a('Consent', { status }))).toBe(false)
  expect(tellsOfRooms(a('Goal', { status, provision }))).toBe(false)
})
