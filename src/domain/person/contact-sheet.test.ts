import type { Patient, RelatedPerson } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { firstNumberIn, numbersIn } from '#domain/contact/numbers-in.ts'
import { contactSheetFrom } from './contact-sheet.ts'

const today = '2031-03-10'
const patient: Patient = {
  resourceType: 'Patient',
  id: 'p',
  telecom: [
    { system: 'phone', value: '01632 960111', use: 'home', rank: 2 },
    { system: 'phone', value: '07700 900111', use: 'mobile', rank: 1 },
    { system: 'phone', value: '01632 960999', use: 'old' },
    { system: 'phone', value: '01632 960998', period: { end: '2031-03-09' } },
    { system: 'email', value: 'p@example.org' },
    { system: 'fax', value: '01632 960997' },
  ],
  address: [
    { use: 'old', line: ['1 Old Street'], city: 'Brook' },
    { line: ['4 Mill Lane', 'Flat 2'], city: 'Brook', postalCode: 'ZZ2 1AA' },
  ],
  contact: [
    {
      relationship: [{ text: 'Neighbour' }],
      name: { given: ['Ada'], family: 'Bell' },
      telecom: [{ system: 'phone', value: '01632 960113' }],
    },
    {
      relationship: [{ coding: [{ code: 'N', display: 'Next of kin' }] }],
      name: { given: ['Chidi'], family: 'Okafor' },
      telecom: [{ system: 'phone', value: '01632960112' }],
    },
    { name: { text: 'Gone Away' }, period: { end: '2030' } },
  ],
}
const son: RelatedPerson = {
  ...{ resourceType: 'RelatedPerson', id: 'r', patient: { reference: 'Patient/p' } },
  relationship: [{ text: 'Son and carer' }],
  name: [
    { use: 'maiden', given: ['Chidi'], family: 'Eze' },
    { use: 'official', given: ['Chidi'], family: 'Okafor' },
  ],
  telecom: [{ system: 'phone', value: '01632 960112' }],
}
const sheet = contactSheetFrom({
  patient,
  relatives: [son, { ...son, id: 'left', active: false }],
  today,
})

test('The preferred phone number comes first, without old and ended ones', () => {
  expect(sheet.phones.map((each) => each.value)).toEqual(['07700 900111', '01632 960111'])
  expect(sheet.emails).toEqual([{ value: 'p@example.org', use: '' }])
})

test('The address is the current one', () => {
  expect(sheet.addresses).toEqual([['4 Mill Lane', 'Flat 2', 'Brook', 'ZZ2 1AA']])
})

test('Carers come first, then other contacts, each once and without former ones', () => {
  expect(sheet.others.map(({ name, relation }) => [name, relation])).toEqual([
    ['Chidi Okafor', 'Son and carer'],
    ['Ada Bell', 'Neighbour'],
  ])
  // she has no record of her own, so her number is corrected in this entry
  expect(sheet.others.map(({ id }) => id)).toEqual(['RelatedPerson/r', 'Patient/p#0 Ada Bell'])
})

test('A record without contact details has an empty sheet', () => {
  expect(contactSheetFrom({ patient: { resourceType: 'Patient' }, relatives: [], today })).toEqual({
    ...{ phones: [], emails: [], addresses: [], others: [] },
  })
})

test.each([
  ['ring Amina the same day, 01632 960100', ['01632 960100']],
  ['01632 960100 or, at night, 111', ['01632 960100', '111']],
  ['+44 1632 960100', ['+44 1632 960100']],
  ['(01632) 960-100 ext 2', ['01632) 960-100']],
  ['999', ['999']],
  ['within 24 hours, before 10 30, by 02/03/2026', []],
  ['2.111 kg, ward 9990', []],
  ['nobody', []],
])('The phone numbers in “%s” are found', (words, numbers) => {
  const parts = numbersIn(words)
  expect(parts.map(({ text }) => text).join('')).toBe(words)
  expect(parts.flatMap(({ text, isNumber }) => (isNumber ? [text] : []))).toEqual(numbers)
  expect(firstNumberIn(words)).toBe(numbers[0])
})
