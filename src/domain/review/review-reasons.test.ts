import { expect, test } from 'vitest'
import type { RecordEntry } from '#domain/record/person-record.ts'
import { type ReasonFacts, reviewReasons } from './review-reasons.ts'

const today = '2026-03-12'
const entry = (coded: string, more: Partial<RecordEntry>): RecordEntry => ({
  ...{ id: coded, coded, isOver: false, ...more },
})
const facts = (more: Partial<ReasonFacts>): ReasonFacts => ({
  ...{ today, since: '2026-02-01', carers: [], record: { conditions: [], stays: [] } },
  ...more,
})
const conditions = (...all: readonly RecordEntry[]) => ({
  record: { conditions: all, stays: [] },
})
const stays = (until: string) => ({
  record: { conditions: [], stays: [entry('Heart failure', { at: '2026-01-20', until })] },
})

test.each([
  ['nothing has happened', {}, []],
  ['the planned day is today', { reviewOn: today }, ['planned']],
  ['the planned day is tomorrow', { reviewOn: '2026-03-13' }, []],
  ['the person came home since', stays('2026-03-01'), ['discharge']],
  ['the person came home before the last review', stays('2026-01-31'), []],
  ['a fall was recorded', conditions(entry('Falls', { at: '2026-03-05' })), ['fall']],
  ['an old fall stands on the record', conditions(entry('Falls', { at: '2025-03-05' })), []],
  ['it is about a waterfall', conditions(entry('Waterfalls', { at: '2026-03-05' })), []],
  ['a fall has only a year', conditions(entry('Falls', { at: '2026' })), []],
  [
    'somebody close died',
    conditions(entry('Death of husband', { at: '2026-03-05' })),
    ['bereavement'],
  ],
  ['the carer stopped', { carers: [{ name: 'Chidi', on: '2026-03-02' }] }, ['carer-change']],
  ['the last review was 90 days ago', { since: '2025-12-12' }, []],
  ['the last review was 91 days ago', { since: '2025-12-11' }, ['long-ago']],
] as const)('A review is due by rule when %s', (_what, more, expected) => {
  expect(reviewReasons(facts(more)).map(({ why }) => why)).toEqual(expected)
})
