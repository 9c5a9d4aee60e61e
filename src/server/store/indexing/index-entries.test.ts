import { expect, test } from 'vitest'
import { resourceTypes, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { parameterKey } from '#server/store/token-hash.ts'
import { typeKey } from './index-entries.ts'

test('No two types have the same number, and no two parameters the same key', () => {
  const parameters = resourceTypes.flatMap((type) =>
    [...searchParametersOf(type).keys()].map((code) => parameterKey(type, code)),
  )
  expect(new Set(resourceTypes.map(typeKey)).size).toBe(resourceTypes.length)
  expect(new Set(parameters).size).toBe(parameters.length)
})
