import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { countKinds, filterStory, firstYears, foldByYear } from './fold.ts'
import { timelineOf } from './timeline.ts'

const long = timelineOf([
  ...[2020, 2019].flatMap((year) => [
    {
      resourceType: 'Condition',
      id: `c${year}`,
      code: { text: 'Asthma' },
      onsetDateTime: `${year}-02-01`,
    },
    ...[1, 2, 3].map((n) => ({
      resourceType: 'Observation',
      id: `o${year}${n}`,
      code: { text: 'Weight' },
      effectiveDateTime: `${year}-01-0${n}`,
      valueQuantity: { value: 70 + n, unit: 'kg' },
    })),
  ]),
] as Resource[])

test('Readings are folded under their year and show the last one', () => {
  const [first] = foldByYear(long)
  expect(first).toMatchObject({
    year: '2020',
    readingCount: 3,
    readings: [{ named: { text: 'Weight' } }],
  })
  expect(first?.readings[0]?.events[0]?.detail).toBe('73 kg')
  expect(first?.events).toHaveLength(1)
})

test('Filter and search keep matching events', () => {
  expect(filterStory(long, { kinds: ['condition'], text: '' })).toHaveLength(2)
  expect(filterStory(long, { kinds: [], text: 'asthma 2019' })).toHaveLength(1)
  expect(countKinds(long).get('reading')).toBe(6)
})

test('A page of the story always ends with a whole year', () => {
  expect(firstYears(foldByYear(long), 1).map((each) => each.year)).toEqual(['2020'])
  expect(firstYears(foldByYear(long), 3)).toHaveLength(2)
})
