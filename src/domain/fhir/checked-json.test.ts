import * as v from 'valibot'
import { expect, test } from 'vitest'
import { checkedJson, isResource, outcomeShape, parametersShape } from './checked-json.ts'

const shape = v.object({ mark: v.string(), many: v.optional(v.number()) })

test('JSON of another shape, text that is not JSON, and nothing are undefined', () => {
  expect(checkedJson(shape, '{"mark":"a","more":true}')).toEqual({ mark: 'a' })
  for (const text of [
    '{"mark":1}',
    '{"mark":"a","many":"2"}',
    '[]',
    'null',
    '{',
    '',
    null,
    undefined,
  ])
    expect(checkedJson(shape, text)).toBeUndefined()
})

test('a resource has its own resourceType, of the expected type', () => {
  expect(checkedJson(parametersShape, '{"resourceType":"Parameters"}')).toBeDefined()
  expect(checkedJson(outcomeShape, '{"resourceType":"Parameters"}')).toBeUndefined()
  for (const value of [null, 'Patient', 1, {}, { resourceType: 1 }])
    expect(isResource(value)).toBe(false)
})
