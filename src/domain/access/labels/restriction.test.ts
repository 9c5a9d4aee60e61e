import type { Coding, Goal } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { professionalOnly } from './access-label.ts'
import { restrictedBecause, restrictionOf } from './restriction.ts'

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const labelled = (...security: Coding[]) =>
  ({ resourceType: 'Goal', id: 'g', meta: { security } }) as Goal
const R = { system: confidentiality, code: 'R' }
const V = { system: confidentiality, code: 'V' }
const psychiatry = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'PSY',
  display: 'psychiatry disorder information sensitivity',
}

test.each([
  ['without a label', [], undefined],
  ['between professionals alone', [professionalOnly], undefined],
  ['of normal confidentiality', [{ system: confidentiality, code: 'N' }], undefined],
  ['restricted', [R], { between: false }],
  ['very restricted', [V], { between: false }],
  ['restricted between professionals', [professionalOnly, R], { between: true }],
  [
    'restricted here',
    [restrictedBecause('A risk at home')],
    { between: false, why: 'A risk at home' },
  ],
  [
    'restricted, with a label of another system that sounds the same',
    [{ ...professionalOnly, system: 'x' }, R],
    { between: false },
  ],
  [
    'restricted, with another label of ours',
    [{ ...professionalOnly, code: 'x' }, R],
    { between: false },
  ],
  [
    'restricted, with more beside the label',
    [{ ...R, extension: [{ url: 'x', valueString: 'Nothing of ours' }] }],
    { between: false },
  ],
  [
    'restricted elsewhere for a reason without words',
    [R, { system: psychiatry.system ?? '' }],
    { between: false },
  ],
  ['restricted elsewhere', [R, psychiatry], { between: false, why: psychiatry.display }],
  [
    'restricted elsewhere by a bare code',
    [R, { system: psychiatry.system, code: 'PSY' }],
    { between: false, why: 'PSY' },
  ],
])('a record %s says so, and why as far as it is told', (_how, security, expected) => {
  expect(restrictionOf(labelled(...security))).toEqual(expected)
})
