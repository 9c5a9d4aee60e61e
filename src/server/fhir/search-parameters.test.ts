import { expect, test } from 'vitest'
import { resourceTypes, searchParametersOf, uncompiledParameters } from './search-parameters.ts'

test('every R4 resource type is known, with its search parameters', () => {
  expect(resourceTypes.length).toBe(147)
  expect(searchParametersOf('Patient').get('email')).toEqual({
    code: 'email',
    kind: 'token',
    paths: ['telecom[system=email]'],
    targets: [],
  })
  expect(searchParametersOf('Observation').get('date')?.paths).toContain('effectivePeriod')
  expect(searchParametersOf('Task').get('owner')?.targets).toContain('Practitioner')
})

test('only composite search parameters are not compiled', () => {
  const codes = new Set(uncompiledParameters.map((each) => each.replace(/^\w+\./, '')))
  expect([...codes].sort()).toEqual([
    'characteristic-value',
    'chromosome-variant-coordinate',
    'chromosome-window-coordinate',
    'code-value-concept',
    'code-value-date',
    'code-value-quantity',
    'code-value-string',
    'combo-code-value-concept',
    'combo-code-value-quantity',
    'component-code-value-concept',
    'component-code-value-quantity',
    'context-type-quantity',
    'context-type-value',
    'referenceseqid-variant-coordinate',
    'referenceseqid-window-coordinate',
    'relationship',
  ])
})
