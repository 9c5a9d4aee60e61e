import { describe, expect, test } from 'vitest'
import { aboutPart, kindsOfScore, partKinds } from './part-kinds.ts'

const day = '2026-03-02'
const input = (date?: string) => ({
  ...{ record: 'Condition/c', code: '84114007', display: 'Heart failure' },
  ...(date ? { date } : {}),
})
const about = (code: string, ...dates: readonly (string | undefined)[]) =>
  aboutPart({ code, inputs: dates.map(input) }, day)

describe('A part of a score', () => {
  test.each([
    ['heart-failure', 'condition'],
    ['F00', 'condition'],
    ['age', 'age'],
    ['polypharmacy', 'medicine'],
    ['stays-before', 'use'],
    ['sodium', 'measurement'],
    ['deprivation', 'place'],
  ])('with the code %s is about: %s', (code, kind) => {
    expect(about(code).kind).toBe(kind)
  })

  test.each([
    ['a condition of 364 days ago', about('chf', '2025-03-03'), true],
    ['a condition of 365 days ago', about('chf', '2025-03-02'), false],
    ['a condition that was recorded earlier too', about('chf', '2026-01-01', '2020'), false],
    [
      'a condition with another record without a date',
      about('chf', '2026-01-01', undefined),
      false,
    ],
    ['a condition without a date', about('chf', undefined), false],
    ['one of several stays', about('stays-before', '2024-09-01', '2025-12-01'), true],
    ['a date in the future', about('chf', '2026-03-03'), false],
  ])('of the last year: %s', (_, { lastYear }, expected) => {
    expect(lastYear).toBe(expected)
  })

  test('counts since its first date, and medicines since there were five', () => {
    expect(about('chf', '2024-05', '2021').since).toBe('2021')
    const months = ['2026-01', '2025-11', '2025-12', '2025-10', '2026-02', '2025-09']
    expect(about('polypharmacy', ...months).since).toBe('2026-01')
    expect(about('chf', undefined).since).toBeUndefined()
  })

  test('is of a kind that some score counts', () => {
    const counted = new Set(Object.values(kindsOfScore).flat())
    expect(partKinds.filter((kind) => !counted.has(kind))).toEqual([])
  })
})
