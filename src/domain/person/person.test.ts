import { describe, expect, test } from 'vitest'
import { allergiesFromFhir, personFromFhir } from './fhir.ts'
import { isNhsNumber } from './nhs-number.ts'

describe('an NHS number', () => {
  test.each([
    ['9434765919', true],
    ['9876543210', true],
    ['9991234560', false],
    ['9434765918', false],
    ['943476591', false],
    ['', false],
  ])('%s passes the check: %s', (number, passes) => {
    expect(isNhsNumber(number)).toBe(passes)
  })
})

describe('a person from elsewhere', () => {
  test('may have no name, number or birth date, and is still a person', () => {
    const person = personFromFhir({ resourceType: 'Patient', id: 'x' })
    expect(person).toMatchObject({ id: 'x', nhsNumberLooksWrong: false })
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
    expect(personFromFhir({ resourceType: 'Patient', name })).toMatchObject({
      family: 'Okafor',
      given: 'Grace',
      title: 'Mrs',
    })
  })

  test('has died when the record says so, with or without a day', () => {
    expect(personFromFhir({ resourceType: 'Patient', deceasedBoolean: true }).died).toBe(true)
    expect(personFromFhir({ resourceType: 'Patient', deceasedDateTime: '2021-05-03' }).died).toBe(
      '2021-05-03',
    )
  })
})

describe('allergies', () => {
  const patient = { reference: 'Patient/x' }

  test('are not known when nothing is recorded', () => {
    expect(allergiesFromFhir([])).toEqual({ known: false })
  })

  test('are none when somebody recorded that there are none', () => {
    const code = { coding: [{ code: '716186003' }] }
    expect(allergiesFromFhir([{ resourceType: 'AllergyIntolerance', patient, code }])).toEqual({
      known: true,
      list: [],
    })
  })

  test('leave out what was refuted', () => {
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
