import type { HumanName } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { allergiesFromFhir, personFromFhir } from './fhir.ts'
import { folded } from './folded.ts'
import { isNhsNumber } from './nhs-number.ts'
import { nameInWords, shownName } from './shown-name.ts'

const day = '2026-11-28'

describe('an NHS number', () => {
  test.each([
    ['9434765919', true],
    ['9876543210', true],
    ['9991234560', false],
    ['9434765918', false],
    ['943476591', false],
    ['', false],
  ])('%s has a valid check digit: %s', (number, passes) => {
    expect(isNhsNumber(number)).toBe(passes)
  })
})

const called = (given: string, use: HumanName['use'], period?: HumanName['period']): HumanName => ({
  ...{ family: 'Ashdown', given: [given] },
  ...(use ? { use } : {}),
  ...(period ? { period } : {}),
})
const official = (given: string) => called(given, 'official')
const usual = (given: string) => called(given, 'usual')
const old = (given: string) => called(given, 'old')
const ended = (given: string) => called(given, 'official', { end: '2019-05-01' })
const toCome = (given: string) => called(given, 'usual', { start: '2027' })
const since = (given: string, start: string) => called(given, 'official', { start })

describe('a name folded for search', () => {
  test.each([
    ['Łukasiewicz', 'lukasiewicz'],
    ['Sørensen', 'sorensen'],
    ['Åse', 'ase'],
    ['Groß', 'gross'],
    ['GROẞ', 'gross'],
    ['Işıl', 'isil'],
    ['İpek', 'ipek'],
    ['Đorđević', 'dordevic'],
    ['Ægisdóttir', 'aegisdottir'],
    ['Þórður', 'thordur'],
    ['Cœur', 'coeur'],
    ['Pérez-Ibáñez', 'perez-ibanez'],
    ["O'Neill", 'oneill'],
    ['O’Neill', 'oneill'],
    ['OʼNeill', 'oneill'],
    ['O`Neill', 'oneill'],
    ['O´Neill', 'oneill'],
    ['‘Oneill', 'oneill'],
    ['Nguyễn', 'nguyen'],
  ])('%s is %s', (name, plain) => {
    expect(folded(name)).toBe(plain)
    expect(folded(name.normalize('NFD'))).toBe(plain)
  })
})

describe('a person from another system', () => {
  test('may have no name, number or birth date', () => {
    const person = personFromFhir({ resourceType: 'Patient', id: 'x' }, day)
    expect(person).toMatchObject({ id: 'x' })
    expect([person.family, person.birthDate, person.nhsNumber, person.died]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('goes by the official name, not by a maiden name that comes first', () => {
    const name = [
      { use: 'maiden' as const, family: 'Eze' },
      { use: 'official' as const, family: 'Okafor', given: ['Grace'], prefix: ['Mrs.'] },
    ]
    expect(personFromFhir({ resourceType: 'Patient', name }, day)).toMatchObject({
      family: 'Okafor',
      given: 'Grace',
      title: 'Mrs',
    })
  })

  test.each([
    ['the usual name before the official one', [official('Margaret'), usual('Peggy')], 'Peggy'],
    ['no former name, wherever it is in the list', [old('Robert'), official('Rachel')], 'Rachel'],
    ['no name whose period is over', [ended('Jean'), official('Joan')], 'Joan'],
    ['no name whose period has not begun', [toCome('Ada'), official('Eve')], 'Eve'],
    ['the newer of two official names', [since('Ann', '2010'), since('Amy', '2020')], 'Amy'],
    ['a former name when there is no other', [old('Robert')], 'Robert'],
    ['no name without a text', [{ use: 'usual' as const }, official('Eve')], 'Eve'],
  ])('is shown by %s', (_, name, given) => {
    expect(personFromFhir({ resourceType: 'Patient', name }, day).given).toBe(given)
    expect(nameInWords(name, day)).toBe(`${given} Ashdown`)
  })

  test('keeps the family name when the usual name is only a first name', () => {
    const name = [{ use: 'usual' as const, given: ['Peggy'] }, official('Margaret')]
    expect(shownName(name, day)).toMatchObject({ family: 'Ashdown', given: 'Peggy' })
  })

  test('does not show an NHS number marked as old', () => {
    const system = 'https://fhir.nhs.uk/Id/nhs-number'
    const identifier = [
      { system, value: '9876543210', use: 'old' as const },
      { system, value: '9434765919' },
    ]
    expect(personFromFhir({ resourceType: 'Patient', identifier }, day).nhsNumber).toBe(
      '9434765919',
    )
  })

  test('has died when the record says so, with or without a date', () => {
    expect(personFromFhir({ resourceType: 'Patient', deceasedBoolean: true }, day).died).toBe(true)
    expect(
      personFromFhir({ resourceType: 'Patient', deceasedDateTime: '2021-05-03' }, day).died,
    ).toBe('2021-05-03')
  })
})

describe('allergies', () => {
  const patient = { reference: 'Patient/x' }

  test('are unknown when nothing is recorded', () => {
    expect(allergiesFromFhir([])).toEqual({ known: false })
  })

  test('are none when “no known allergies” is recorded', () => {
    const code = { coding: [{ code: '716186003' }] }
    expect(allergiesFromFhir([{ resourceType: 'AllergyIntolerance', patient, code }])).toEqual({
      known: true,
      list: [],
    })
  })

  test('leave out those that were refuted', () => {
    const verificationStatus = { coding: [{ code: 'refuted' }] }
    const record = {
      resourceType: 'AllergyIntolerance' as const,
      patient,
      code: { text: 'Nuts' },
      verificationStatus,
    }
    expect(allergiesFromFhir([record])).toEqual({ known: false })
  })
})
