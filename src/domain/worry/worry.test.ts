import { expect, test } from 'vitest'
import { latestWorries, type Worry, worryDifferences, worryFromFhir, worryToFhir } from './worry.ts'

const said = (reference: string, score: number, at: string): Worry => ({
  ...{ id: `${reference}-${at}`, person: 'p', score, words: '', at },
  by: {
    ...{ reference, name: reference },
    voice: reference.startsWith('Prac')
      ? 'professional'
      : reference[0] === 'R'
        ? 'carer'
        : 'person',
  },
})

test('The last of the staff, of each carer and of the person stand side by side, and differences are told', () => {
  const latest = latestWorries([
    said('Patient/p', 3, '2026-03-01T09:00:00Z'),
    said('RelatedPerson/c', 8, '2026-03-02T09:00:00Z'),
    said('Practitioner/a', 9, '2026-02-01T09:00:00Z'),
    said('Practitioner/k', 3, '2026-03-02T08:00:00Z'),
    said('RelatedPerson/c', 2, '2026-02-02T09:00:00Z'),
    said('RelatedPerson/d', 1, '2026-02-02T09:00:00Z'),
  ])
  expect(latest.map(({ by, score }) => [by.reference, score])).toEqual([
    ['Practitioner/k', 3],
    ['RelatedPerson/c', 8],
    ['RelatedPerson/d', 1],
    ['Patient/p', 3],
  ])
  expect(worryDifferences(latest).map(({ ours, their }) => [ours, their.score])).toEqual([
    [3, 8],
    [3, 1],
  ])
})

test('Without a word of the staff nothing is compared', () => {
  expect(worryDifferences(latestWorries([said('Patient/p', 3, '2026-03-01T09:00:00Z')]))).toEqual(
    [],
  )
})

test('It is stored and read as it was said; 11, half a point and an error are none', () => {
  const worry = { ...said('Patient/p', 0, '2026-03-01T09:00:00Z'), words: 'I am fine' }
  const record = worryToFhir(worry)
  expect(worryFromFhir(record)).toEqual(worry)
  expect(worryFromFhir({ ...record, valueInteger: 11 })).toBeUndefined()
  expect(worryFromFhir({ ...record, valueInteger: 2.5 })).toBeUndefined()
  expect(worryFromFhir({ ...record, status: 'entered-in-error' })).toBeUndefined()
})
