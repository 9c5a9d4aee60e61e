import type { Consent } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { share } from '#test-support/worlds/grace-records.ts'
import { rewordingOf } from './rewording.ts'

type Status = Consent['status']
const consent = (status: Status, more: Partial<Consent> = {}): Consent => ({
  ...share(['me'], ['read']),
  status,
  ...more,
})
const why = (words: string) => ({
  extension: [{ url: 'https://gable.example/fhir/entered-in-error-why', valueString: words }],
})
const other = { patientInstruction: 'other', provision: { type: 'permit' } } as Partial<Consent>
const otherText = { text: { status: 'generated' as const, div: '<div>More</div>' } }

test.each([
  ['active', 'inactive', {}, undefined],
  ['active', 'rejected', {}, undefined],
  ['active', 'active', {}, undefined],
  ['active', 'active', other, 'words-of-another'],
  ['active', 'inactive', other, 'words-of-another'],
  ['active', 'inactive', otherText, 'words-of-another'],
  ['active', 'inactive', why('Ended'), 'words-of-another'],
  ['active', 'proposed', {}, 'words-of-another'],
  ['active', 'entered-in-error', {}, 'error-unexplained'],
  ['active', 'entered-in-error', why(' '), 'error-unexplained'],
  ['active', 'entered-in-error', why('The wrong Grace'), undefined],
  ['active', 'entered-in-error', { ...why('The wrong Grace'), ...other }, 'words-of-another'],
  ['inactive', 'inactive', other, 'words-of-another'],
  ['inactive', 'inactive', otherText, 'words-of-another'],
  ['inactive', 'rejected', {}, 'words-of-another'],
  ['inactive', 'proposed', other, 'words-of-another'],
  ['inactive', 'entered-in-error', why('The wrong Grace'), undefined],
  ['inactive', 'entered-in-error', {}, 'error-unexplained'],
  ['rejected', 'inactive', {}, 'words-of-another'],
  ['entered-in-error', 'entered-in-error', why('Else'), 'words-of-another'],
  ['entered-in-error', 'inactive', {}, 'words-of-another'],
  ['proposed', 'proposed', other, undefined],
  ['proposed', 'rejected', {}, undefined],
  ['proposed', 'inactive', other, 'words-of-another'],
  ['draft', 'active', other, undefined],
] as const)(
  'a consent that is %s and becomes %s with %j, written by others: %s',
  (from, to, more, fault) => {
    expect(rewordingOf(consent(from), consent(to, more))).toBe(fault)
  },
)

test('a new consent and a record of another type are no rewording', () => {
  expect(rewordingOf(undefined, consent('active'))).toBeUndefined()
  const goal = { resourceType: 'Goal' } as never
  expect(rewordingOf(goal, consent('active'))).toBeUndefined()
  expect(rewordingOf(consent('active'), goal)).toBeUndefined()
})
