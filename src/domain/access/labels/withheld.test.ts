import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isToldAsWithheld, notToldUrl } from './withheld.ts'

const between = { system: 'https://gable.example/codes', code: 'professional-only' }
const told = (value: boolean, url = notToldUrl) => ({
  ...between,
  extension: [{ url, valueBoolean: value }],
})
const a = (resourceType: string, fields: object = {}, security: readonly object[] = [between]) =>
  ({ resourceType, id: 'x', meta: { security }, ...fields }) as unknown as Resource
const her = { reference: 'Patient/p' }

test.each<[string, Resource, boolean]>([
  ['an illness', a('Condition'), true],
  ['a letter', a('DocumentReference'), true],
  ['a goal that was labelled once', a('Goal'), true],
  ['a message to her', a('Communication', { recipient: [her] }), true],
  ['work of the staff', a('Task', { intent: 'order' }), true],
  ['a note', a('Communication'), false],
  ['a suggestion', a('Task', { intent: 'proposal' }), false],
  ['an alert', a('Flag'), false],
  ['a score', a('RiskAssessment'), false],
  ['who wrote it', a('Provenance'), false],
  ['a consent, which she sees', a('Consent'), false],
  ['what is open', a('Condition', {}, []), false],
  ['what has no labels', a('Condition', { meta: undefined }), false],
  ['what she had better not know of', a('Condition', {}, [told(true)]), false],
  ['what she may know of', a('Condition', {}, [told(false)]), true],
  ['another word beside the label', a('Condition', {}, [told(true, 'x')]), true],
  ['a word on another label', a('Condition', {}, [between, { ...told(true), code: 'x' }]), true],
])('she is told that something is kept from her: %s', (_what, resource, expected) => {
  expect(isToldAsWithheld(resource)).toBe(expected)
})
