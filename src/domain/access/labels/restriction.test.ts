import type { Coding, Goal } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { professionalOnly } from './between.ts'
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
  ['that is only professional-only', [professionalOnly], undefined],
  ['of normal confidentiality', [{ system: confidentiality, code: 'N' }], undefined],
  ['restricted', [R], { between: false }],
  ['very restricted', [V], { between: false }],
  ['restricted and professional-only', [professionalOnly, R], { between: true }],
  [
    'restricted in Gable',
    [restrictedBecause('A risk at home')],
    { between: false, why: 'A risk at home' },
  ],
  [
    'restricted, with the same code of another code system',
    [{ ...professionalOnly, system: 'x' }, R],
    { between: false },
  ],
  [
    'restricted, with another Gable label',
    [{ ...professionalOnly, code: 'x' }, R],
    { between: false },
  ],
  [
    'restricted, with an unknown extension on the label',
    [{ ...R, extension: [{ url: 'x', valueString: 'Nothing of ours' }] }],
    { between: false },
  ],
  [
    'restricted in another system for a reason without a text',
    [R, { system: psychiatry.system ?? '' }],
    { between: false },
  ],
  ['restricted in another system', [R, psychiatry], { between: false, why: psychiatry.display }],
  [
    'restricted in another system by a code without a display',
    [R, { system: psychiatry.system, code: 'PSY' }],
    { between: false, why: 'PSY' },
  ],
])(
  'a record %s says whether it is restricted, and the reason if there is one',
  (_how, security, expected) => {
    expect(restrictionOf(labelled(...security))).toEqual(expected)
  },
)
