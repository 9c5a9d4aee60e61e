import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import {
  as,
  boolean,
  decimal,
  group,
  type In,
  idOf,
  integer,
  list,
  must,
  namedReference,
  oneOf,
  optional,
  ParameterFault,
  parameters,
  text,
  yes,
} from './parameters.ts'

const visits = parameters({
  total: integer,
  isWhole: as('whole', boolean),
  band: optional(oneOf(['fit', 'mild'], 'fit')),
  owner: optional(namedReference),
  people: as(
    'person',
    list(
      group({
        id: as('who', idOf('Patient')),
        family: text,
        died: optional(yes),
        weight: optional(decimal),
        words: as('word', list(text)),
      }),
    ),
  ),
})

test('parameters that are written read the same, and absent values are left out', () => {
  const content = {
    ...{ total: 2, isWhole: false, band: 'mild' as const },
    owner: { reference: 'Practitioner/amina', name: 'Amina' },
    people: [
      { id: 'p-1', family: 'Okafor', weight: 71, words: ['one', 'two'] },
      { id: 'p-2', family: '', died: true, words: [] },
    ],
  }
  const sent = visits.write(content)
  expect(sent).toEqual({
    resourceType: 'Parameters',
    parameter: [
      { name: 'total', valueInteger: 2 },
      { name: 'whole', valueBoolean: false },
      { name: 'band', valueCode: 'mild' },
      { name: 'owner', valueReference: { reference: 'Practitioner/amina', display: 'Amina' } },
      {
        name: 'person',
        part: [
          { name: 'who', valueReference: { reference: 'Patient/p-1' } },
          { name: 'family', valueString: 'Okafor' },
          { name: 'weight', valueDecimal: 71 },
          { name: 'word', valueString: 'one' },
          { name: 'word', valueString: 'two' },
        ],
      },
      {
        name: 'person',
        part: [
          { name: 'who', valueReference: { reference: 'Patient/p-2' } },
          { name: 'died', valueBoolean: true },
        ],
      },
    ],
  })
  expect(visits.read(sent)).toEqual(content)
})

test('parameters that are missing or wrong are read as nothing', () => {
  const nothing = { total: 0, isWhole: false, people: [] }
  expect(visits.read()).toEqual(nothing)
  expect(visits.read({ resourceType: 'Basic', code: {} })).toEqual(nothing)
  expect(visits.write({ ...nothing, total: 0 })).toMatchObject({ parameter: expect.any(Array) })
  const odd: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'total', valueString: 'many' },
      { name: 'band', valueCode: 'severe' },
      { name: 'person' },
      { name: 'unheard-of', valueInteger: 9 },
    ],
  }
  expect(visits.read(odd)).toEqual({
    ...{ total: 0, isWhole: false, band: 'fit' },
    people: [{ id: '', family: '', words: [] }],
  })
})

test('malformed parameters are read as nothing, without an error', () => {
  const nothing = { total: 0, isWhole: false, people: [] }
  const strange = [null, 7, 'person', {}, [null], [7], [{}], [{ name: 'total', valueInteger: '2' }]]
  for (const parameter of strange)
    expect(visits.read({ resourceType: 'Parameters', parameter } as never)).toEqual(nothing)
  for (const part of [
    null,
    7,
    {},
    [null],
    [{ name: 'who', valueReference: null }],
    [{ name: 'who', valueReference: { reference: 7 } }],
  ])
    expect(
      visits.read({ resourceType: 'Parameters', parameter: [{ name: 'person', part }] } as never),
    ).toMatchObject({ people: [{ id: '', family: '', words: [] }] })
})

test('a number keeps its digits through the Parameters', () => {
  const weighed = parameters({
    people: as('person', list(group({ weight: decimal, low: decimal }))),
  })
  const text = '{"people":[{"weight":71.50,"low":60.0}]}'
  const sent = exactJson(weighed.write(readExactly(text) as In<typeof weighed>))
  expect(sent).toContain('"valueDecimal":71.50')
  expect(exactJson(weighed.read(readExactly(sent) as Parameters))).toBe(text)
})

test('a value that does not fit is refused with its parameter name, and an optional one may be absent', () => {
  const choice = must(oneOf(['a', 'b', ''], ''), (said) => said !== '', 'must be one of a, b')
  const asked = parameters({ kind: choice, other: optional(choice) })
  const read = (...names: readonly string[]) =>
    asked.read({
      resourceType: 'Parameters',
      parameter: names.map((name) => ({ name, valueCode: 'a' })),
    })
  expect(read('kind')).toEqual({ kind: 'a' })
  expect(() => read('other')).toThrow(new ParameterFault('kind must be one of a, b'))
})
