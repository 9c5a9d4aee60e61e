import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isToldAsWithheld, notToldUrl } from './withheld.ts'

const between = { system: 'https://gable.example/codes', code: 'professional-only' }
const notToldLabel = (value: boolean, url = notToldUrl) => ({
  ...between,
  extension: [{ url, valueBoolean: value }],
})
const a = (resourceType: string, fields: object = {}, security: readonly object[] = [between]) =>
  ({ resourceType, id: 'x', meta: { security }, ...fields }) as unknown as Resource
const her = { reference: 'Patient/p' }

test.each<[string, Resource, boolean]>([
  ['an illness', a('Condition'), true],
  ['a letter', a('DocumentReference'), true],
  ['a goal that was labelled earlier', a('Goal'), true],
  ['a message to the person', a('Communication', { recipient: [her] }), true],
  ['a task for staff', a('Task', { intent: 'order' }), true],
  ['a note', a('Communication'), false],
  ['a suggestion', a('Task', { intent: 'proposal' }), false],
  ['an alert', a('Flag'), false],
  ['a score', a('RiskAssessment'), false],
  ['a Provenance', a('Provenance'), false],
  ['a consent, which the person sees', a('Consent'), false],
  ['a record without a label', a('Condition', {}, []), false],
  ['a record without meta', a('Condition', { meta: undefined }), false],
  [
    'a record whose label says not to tell the person',
    a('Condition', {}, [notToldLabel(true)]),
    false,
  ],
  [
    'a record whose label says that the person may be told',
    a('Condition', {}, [notToldLabel(false)]),
    true,
  ],
  ['a label with another extension', a('Condition', {}, [notToldLabel(true, 'x')]), true],
  [
    'an extension on another label',
    a('Condition', {}, [between, { ...notToldLabel(true), code: 'x' }]),
    true,
  ],
])('whether the person sees that a record is withheld: %s', (_what, resource, expected) => {
  expect(isToldAsWithheld(resource)).toBe(expected)
})
