import { beforeAll, describe, expect, test } from 'vitest'
import { asksRecord, initially, sdcForm } from '#test-support/worlds/sdc-form.ts'
import { firstAnswers, recordQueries } from './first-answers.ts'
import { loadFhirPath } from './load-fhir-path.ts'

beforeAll(async () => {
  await loadFhirPath()
})

const query =
  'Observation?patient={{%patient.id}}&code=http://loinc.org|29463-7&_sort=-date&_count=1'
const form = sdcForm(
  [
    {
      ...{ linkId: 'weight', type: 'decimal' },
      extension: [initially('%weight.entry.resource.value.value')],
    },
    { linkId: 'male', type: 'boolean', extension: [initially("%patient.gender = 'male'")] },
    { linkId: 'age', type: 'integer', extension: [initially('%age')] },
  ],
  { extension: [asksRecord('weight', query)] },
)
const found = {
  weight: {
    resourceType: 'Bundle',
    entry: [
      {
        resource: {
          ...{ resourceType: 'Observation', effectiveDateTime: '2026-02-12' },
          valueQuantity: { value: 61.5, unit: 'kg' },
        },
      },
    ],
  },
}
const patient = { id: 'p', birthDate: '1940-05-01', gender: 'female' }

describe('First answers', () => {
  test('come from the record, with their day where they have one', () => {
    expect([...firstAnswers(form, { day: '2026-03-01', patient, found })]).toEqual([
      ['weight', { answers: [61.5], at: '2026-02-12' }],
      ['male', { answers: [false] }],
      ['age', { answers: [85] }],
    ])
  })

  test('are not there if the record does not say', () => {
    const first = firstAnswers(form, { day: '2026-03-01', patient: { id: 'p', birthDate: '1940' } })
    expect([...first.keys()]).toEqual([])
  })

  test('are not chosen among several, unless the question takes several', () => {
    const several = {
      weight: { ...found.weight, entry: [...found.weight.entry, ...found.weight.entry] },
    }
    const facts = { day: '2026-03-01', patient, found: several }
    expect(firstAnswers(form, facts).has('weight')).toBe(false)
    const repeating = sdcForm(
      [
        {
          ...{ linkId: 'weight', type: 'decimal', repeats: true },
          extension: [initially('%weight.entry.resource.value.value')],
        },
      ],
      { extension: [asksRecord('weight', query)] },
    )
    expect(firstAnswers(repeating, facts).get('weight')?.answers).toEqual([61.5, 61.5])
  })

  test.each([
    ['is asked for', query, ['weight']],
    [
      'is asked for with the type in the reference',
      query.replace('={{', '=Patient/{{'),
      ['weight'],
    ],
    ['of another person is not', 'Observation?patient=other&code=x', []],
    ['of nobody is not', 'Observation?code=x', []],
    ['of another type is not', 'Condition?patient={{%patient.id}}&code=x', []],
    ['without a code is not', 'Observation?patient={{%patient.id}}', []],
    ['with a further parameter is not', `${query}&_include=*`, []],
  ])('what the record holds %s', (_title, text, names) => {
    const one = sdcForm([{ linkId: 'a', type: 'decimal', extension: [initially('%weight')] }], {
      extension: [asksRecord('weight', text)],
    })
    expect([...recordQueries(one).keys()]).toEqual(names)
  })
})
