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
  ['a number of two', by('a-1'), undefined],
  ['a number of two, of one type', { ...by('A-1'), type: 'RelatedPerson' }, 'RelatedPerson/r'],
  ['a number of another type', { ...by(number, nhs), type: 'Practitioner' }, undefined],
  [
    'an address beside the number',
    { ...by(number, nhs), reference: 'Practitioner/x' },
    'Practitioner/x',
  ],
  ['a number of something that is no reference', { ...by(number, nhs), role: 'x' }, undefined],
  ['a name alone', { display: 'Grace' }, undefined],
])('somebody named by %s', (_, recipient, reference) => {
  expect(namedIn(recipient)).toBe(reference)
})

test('is linked at any depth, beside what else is there; nothing else changes', () => {
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
  ['as the one whom it is about', { subject: by(number) }, true],
  ['within one of those who take part', { participant: [{ actor: by(number) }] }, true],
  ['nowhere that decides', { basedOn: [by(number)] }, false],
  ['by an address', { subject: { reference: 'Patient/p' } }, false],
  ['by a number without a value', { subject: { identifier: { system: nhs } } }, false],
])('a record names by a number: %s', (_, fields, names) => {
  expect(namesByNumber(a('Communication', fields))).toBe(names)
})

test('a list is no reference', () => {
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
  ['an address with more behind it', { reference: 'Patient/x/y' }, true],
  ['a search', { reference: 'Patient?name=x' }, true],
  ['a search for staff', { reference: 'Practitioner?name=x' }, false],
  ['a number in an address', { reference: `urn:${number}` }, true],
  ['a number that is none', { reference: 'urn:9991001019' }, false],
  ['her number', by(number, nhs), true],
  ['her number without a system', by('999 100 1018'), true],
  ['her number under another system', by(number, 'urn:x'), true],
  ['her number as of staff', { type: 'Practitioner', ...by(number, nhs) }, true],
  ['a number of staff', { type: 'Practitioner', ...by(number, 'urn:x') }, false],
  ['a number of a carer', { type: 'RelatedPerson', ...by(number, nhs) }, false],
  ['any person', { type: 'Patient' }, true],
  ['another number', by('C1234567', 'urn:gmc'), false],
  ['a name', { display: 'Grace' }, false],
  ['a copy', { reference: '#p' }, true],
  ['a copy of staff', { reference: '#s' }, false],
])('%s in a record means a person, or does not: %#', (_, recipient, means) => {
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
])('a Consent to a room that is %s tells of rooms: %s', (status, tells) => {
  const provision = { class: [{ code: 'me' }] }
  expect(tellsOfRooms(a('Consent', { status, provision }))).toBe(tells)
  expect(tellsOfRooms(a('Consent', { status }))).toBe(false)
  expect(tellsOfRooms(a('Goal', { status, provision }))).toBe(false)
})
