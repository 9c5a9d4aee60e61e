import type { Condition, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { needFlagsFor } from '#domain/stratification/need-flags.ts'
import type { FrailtyBand } from './frailty.ts'
import { changedBetween, historyDays, isGettingFrailer, scoresOn } from './score-history.ts'

const person: Resource = { resourceType: 'Patient', id: 'p-1', birthDate: '1940-05-01' }
const condition = (code: string, onset?: string): Condition => ({
  ...{ resourceType: 'Condition', subject: { reference: 'Patient/p-1' } },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
  clinicalStatus: { coding: [{ code: 'active' }] },
  ...(onset ? { onsetDateTime: onset } : {}),
})
const on = (day: string) => ({ day, zone: 'Europe/London' })
/** Heart failure, then diabetes. */
const records = [person, condition('I500', '2024-02-01'), condition('E119', '2025-09-01')]

describe('Scores on days in the past', () => {
  test('count only what had begun by then', () => {
    const before = scoresOn(records, on('2025-03-01'))
    const now = scoresOn(records, on('2026-03-01'))
    expect(before).toMatchObject({ frailty: 1, deficits: ['heart-failure'] })
    expect(now).toMatchObject({ frailty: 2 })
    if ('gap' in before || 'gap' in now) throw new Error('both are known')
    expect(changedBetween(before, now)).toEqual({ come: ['diabetes'], gone: [] })
  })

  test('have no point before the record begins, and none if no condition has a date', () => {
    expect(scoresOn(records, on('2024-01-31'))).toEqual({ day: '2024-01-31', gap: 'before-record' })
    expect(scoresOn(records, on('2024-02-01'))).toMatchObject({ frailty: 1 })
    const undated = [person, condition('I500')]
    expect(scoresOn(undated, on('2026-03-01'))).toEqual({ day: '2026-03-01', gap: 'undated' })
  })

  test('are worked out every half year, three years back', () => {
    const days = historyDays('2026-03-01')
    expect(days).toHaveLength(7)
    expect(days.at(-1)).toBe('2026-03-01')
    expect(days.toSorted()).toEqual(days)
  })

  test.each<readonly [string, FrailtyBand, number, FrailtyBand, number, boolean]>([
    ['one more, still fit', 'fit', 2, 'fit', 3, false],
    ['two more', 'fit', 2, 'fit', 4, true],
    ['a worse band', 'fit', 4, 'mild', 5, true],
    ['one fewer', 'mild', 6, 'mild', 5, false],
    ['a band that was unclear', 'unclear', 4, 'mild', 5, false],
  ])('say whether somebody is getting frailer: %s', (_title, was, from, is, to, expected) => {
    const at = (band: FrailtyBand, frailty: number) => ({
      ...{ day: '2026-03-01', band, frailty, unread: 0, charlson: 0, deficits: [], likeness: null },
    })
    expect(isGettingFrailer(at(was, from), at(is, to))).toBe(expected)
  })
})

describe('Own need flags', () => {
  test.each([
    [['many-services'], false, ['coordination-risk']],
    [[], true, ['persistent-high-use']],
    [['falls'], false, []],
  ] as const)('of %j and persistent %s are %j', (changeable, persistent, flags) => {
    expect(needFlagsFor({ changeable, persistent })).toEqual(flags)
  })
})
