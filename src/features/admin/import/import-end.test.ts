import { createElement } from 'react'
import { describe, expect, test } from 'vitest'
import type { ImportResult } from '#client/queries/admin/import.ts'
import { nothingYet } from '#domain/import/tally.ts'
import { drawn, read } from '#test-support/drawn.ts'
import { ImportEnd } from './import-end.tsx'

const none = { created: 0, updated: 0, unchanged: 0, keptOurs: 0, refused: 0 }

function endOf(counted: Partial<typeof none>, change: Partial<ImportResult> = {}) {
  const tally = { ...nothingYet, counts: [{ type: 'Patient', ...none, ...counted }] }
  const nothing = {
    problems: [],
    unread: [],
    lists: [],
    cut: [],
    people: [],
    others: new Set<string>(),
    refusedRows: new Map<string, Blob>(),
    records: 3,
    left: [],
    leftDone: [],
    leftRecords: 0,
  }
  const result = { ...nothing, files: 1, filesDone: 1, tally, ...change }
  return createElement(ImportEnd, { result, resume: () => undefined })
}

describe('The end of an import', () => {
  test('is a success only when everything that was read was imported', () => {
    const whole = endOf({ created: 3 })
    expect(read(whole)).toBe('1 file was read')
    expect(drawn(whole)).toContain('gable-notice--done')
  })

  test.each([
    [endOf({ created: 2, refused: 1 }), '1 file was read1 record was refused: see below.'],
    [endOf({ created: 1, refused: 2 }), '1 file was read2 records were refused: see below.'],
    [
      endOf({ created: 2 }, { problems: [{ file: 'a.csv', why: 'empty' }] }),
      '1 file was read1 file was refused: see below.',
    ],
    [endOf({ refused: 3 }), 'Nothing new was imported'],
  ])('is a warning when something was refused', (end, words) => {
    expect(read(end)).toBe(words)
    expect(drawn(end)).toContain('gable-notice--warning')
    expect(drawn(end)).not.toContain('gable-notice--done')
  })
})
