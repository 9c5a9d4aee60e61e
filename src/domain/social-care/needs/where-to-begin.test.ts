import { expect, test } from 'vitest'
import { nothingAsked } from '#domain/social-care/care-assessment.ts'
import { whereToBegin } from './where-to-begin.ts'

const grace = { reference: 'Patient/grace', name: 'Grace', voice: 'person' as const }
const karen = { reference: 'Practitioner/karen', name: 'Karen', voice: 'professional' as const }
const unable = { state: 'needs-help' as const, words: '' }

const home = (at: string, answered = at) => ({
  ...{ ...nothingAsked, id: 'home', person: 'grace', by: grace, at, isDone: false },
  ...{ days: 'I stay in bed', outcomes: { hygiene: unable } },
  marks: { days: { by: grace, at }, hygiene: { by: grace, at: answered } },
})
const hers = (id: string, at: string, isDone: boolean) => ({
  ...{ ...nothingAsked, id, person: 'grace', by: karen, at, isDone, marks: {} },
  wants: 'Church',
})

test('what was answered at home since the last finished assessment is where the talk begins', () => {
  const { start } = whereToBegin([home('2026-03-05'), hers('done', '2026-03-01', true)])
  expect(start).toMatchObject({ id: '', findings: { days: 'I stay in bed', wants: '' } })
  expect(start?.findings.outcomes).toEqual({ hygiene: unable })
})

test('an answer from home that is older than the last finished assessment is asked again', () => {
  const begun = whereToBegin([home('2026-03-05', '2026-02-01'), hers('done', '2026-03-01', true)])
  expect(begun.start?.findings).toMatchObject({ days: 'I stay in bed', outcomes: {} })
  expect(begun.start?.marks['hygiene']).toBeUndefined()
  const old = whereToBegin([hers('done', '2026-03-01', true), home('2026-02-01')])
  expect([old.own, old.start]).toEqual([undefined, undefined])
})

test('an answer that a professional cleared stays cleared, and a later one from home comes in', () => {
  const cleared = whereToBegin([hers('open', '2026-03-06', false), home('2026-03-05')])
  expect(cleared.start).toMatchObject({ id: 'open', findings: { days: '', wants: 'Church' } })
  expect(cleared.start?.findings.outcomes).toEqual({})
  const later = whereToBegin([home('2026-03-07', '2026-03-05'), hers('open', '2026-03-06', false)])
  expect(later.start?.findings).toMatchObject({ days: 'I stay in bed', outcomes: {} })
})

test('a draft that somebody left before the last one was finished is not gone on with', () => {
  const old = whereToBegin([hers('done', '2026-03-06', true), hers('open', '2026-03-05', false)])
  expect(old.open).toBeUndefined()
})
