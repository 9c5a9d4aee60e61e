import { createElement } from 'react'
import { expect, test } from 'vitest'
import type { StoryEvent } from '#domain/timeline/event.ts'
import { foldByYear } from '#domain/timeline/fold.ts'
import { drawn, read } from '#test-support/drawn.ts'
import { ReadingGroups, TimelineYear } from './timeline-year.tsx'

const readings = Array.from({ length: 3_000 }, (_, at): StoryEvent => {
  const pulse = { id: `pulse-${at}`, kind: 'reading', act: 'measured', at: '2025-03-02' } as const
  return { ...pulse, named: { as: 'words', text: 'Pulse' }, detail: `${at} bpm`, source: `o-${at}` }
})
const [year] = foldByYear(readings)

test('a year of thousands of readings is one line until it is opened', () => {
  const closed = year && createElement(TimelineYear, { year })
  expect(read(closed)).toContain('Show all 3,000 readings')
  expect(drawn(closed).match(/<[a-z]/g)?.length).toBeLessThan(20)
})

test('an opened year shows the newest readings of each kind, and how many more there are', () => {
  const opened = createElement(ReadingGroups, { groups: year?.readings ?? [] })
  expect(drawn(opened).match(/ bpm/g)).toHaveLength(20)
  expect(read(opened)).toContain('Show earlier: 2,980 more readings')
})
