import type { Condition } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isCircumstance } from './circumstance.ts'

const snomed = 'http://snomed.info/sct'
const icd = 'http://hl7.org/fhir/sid/icd-10'
const condition = (system: string, code: string): Condition => ({
  ...{ resourceType: 'Condition', subject: {} },
  code: { coding: [{ system, code }], text: 'Falls' },
})

test.each([
  ['lives alone', snomed, '105529008', true],
  ['falls', snomed, '161898004', true],
  ['housebound', snomed, '160689007', true],
  ['lives in a care home', snomed, '248171000000108', true],
  ['falls, in ICD-10', icd, 'R29.6', true],
  ['a fall on stairs', icd, 'W10.0', true],
  ['lives alone, in ICD-10', icd, 'z602', true],
  ['heart failure', snomed, '84114007', false],
  ['hearing loss', icd, 'H91.9', false],
  ['the same number in another system', 'http://elsewhere', '105529008', false],
  ['the word alone', '', '', false],
])('“%s” (%s %s) is a circumstance and no illness: %s', (_what, system, code, is) => {
  expect(isCircumstance(condition(system, code))).toBe(is)
})

test.each([
  ['sdoh', 'http://hl7.org/fhir/us/core/CodeSystem/condition-category', true],
  ['need-social', 'https://gable.example/codes', true],
  ['sdoh', 'http://elsewhere', false],
])('what was filed as %s of %s is a circumstance: %s', (code, system, is) => {
  const filed = { ...condition(snomed, '84114007'), category: [{ coding: [{ system, code }] }] }
  expect(isCircumstance(filed)).toBe(is)
})

test('a broken hip stays an illness when its fall is coded beside it', () => {
  const coding = [
    { system: icd, code: 'S72.0' },
    { system: icd, code: 'W19' },
  ]
  expect(isCircumstance({ ...condition(icd, ''), code: { coding } })).toBe(false)
  expect(isCircumstance({ ...condition(icd, ''), code: { coding: coding.slice(1) } })).toBe(true)
})
