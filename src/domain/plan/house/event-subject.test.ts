import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import type { PlanEvent } from '#domain/plan/plan.ts'
import { testDay } from '#test-support/clock.ts'
import { eventSubject, inShort, lastEventIn } from './event-subject.ts'
import { houseFromFhir } from './house-fhir.ts'
import { houseLists } from './house-records.ts'

const records = [...graceRecords(testDay)]
const patient = records.find(({ id }) => id === graceId)
if (patient?.resourceType !== 'Patient') throw new Error('Grace is not there')
const house = houseFromFhir({ ...houseLists(records), patient }, { today: testDay })
const by = {
  reference: 'Practitioner/tom-price',
  name: 'Tom Price',
  voice: 'professional' as const,
}

const event = (each: Partial<PlanEvent>): PlanEvent => ({
  ...{ id: 'e', kind: 'write-goal', room: 'conversation', by, at: '2026-03-01T10:00:00Z' },
  ...{ targets: [] },
  ...each,
})

test('An event is named by the words of its record, at any version', () => {
  const [goal] = house.goals
  const [step] = house.actions
  const [need] = house.needs
  const of = (target: string) => eventSubject(house, event({ targets: [target] }))
  expect(of(`Goal/${goal?.id}/_history/1`)).toEqual({ words: goal?.words })
  expect(of(`Task/${step?.id}`)).toEqual({ words: step?.what })
  expect(of(`Condition/${need?.id}/_history/1`)).toEqual({
    words: need?.words,
    isStrength: false,
  })
  expect(of(`CarePlan/${house.plan?.id}/_history/4`)).toEqual({})
  expect(of('Goal/somewhere-else/_history/1')).toEqual({})
})

test('A section of About me is named by its heading, not by what the person wrote there', () => {
  const [first] = house.aboutMe
  const about = eventSubject(house, event({ targets: [`Observation/${first?.id}/_history/1`] }))
  expect(about).toEqual({ section: first?.section })
})

test('A comment is named by its own text, not by the record that it is about', () => {
  const [comment] = house.comments
  const said = event({ id: comment?.id ?? '', kind: 'comment', targets: [comment?.about ?? ''] })
  expect(eventSubject(house, said).words).toBe(comment?.text)
})

test('A suggestion is named by what it would say, not by the words beside which it stands', () => {
  const [goal] = house.goals
  const words = 'To walk to St Anne’s on a feast day'
  const suggested = event({ kind: 'suggest', targets: [`Goal/${goal?.id}`], words })
  expect(eventSubject(house, suggested)).toEqual({ words })
})

const [standing] = house.goals
const at = (version: number) => `Goal/${standing?.id}/_history/${version}`
const rewritten = (version: string, more: readonly PlanEvent[] = []) => ({
  ...house,
  goals: house.goals.map((each) => ({ ...each, version })),
  events: [...house.events, ...more],
})
const about = (version: number, in_: typeof house) =>
  eventSubject(in_, event({ targets: [at(version)] }))

test('The words of today are not given to somebody who wrote before they were written', () => {
  const { words } = standing ?? {}
  expect(about(1, rewritten('3'))).toEqual({ words, isOfToday: true })
  expect(about(2, rewritten('3'))).toEqual({ words, isOfToday: true, isChange: true })
  expect(about(3, rewritten('3'))).toEqual({ words, isChange: true })
})

test('A tick after it leaves the words of an event as they were', () => {
  const { words } = standing ?? {}
  const reached = event({ id: 'tick', kind: 'reach-goal', targets: [at(3)] })
  expect(about(2, rewritten('3', [reached]))).toEqual({ words, isChange: true })
  const again = event({ id: 'words', kind: 'write-goal', targets: [at(3)] })
  expect(about(2, rewritten('3', [again])).isOfToday).toBe(true)
})

test('An answer to a promise that was changed since is about other words', () => {
  const [step] = house.actions
  if (!step) throw new Error('Grace has no step')
  const actions = [{ ...step, written: { by, at: '2026-03-02T09:00:00Z' } }]
  const answered = (day: string) =>
    eventSubject(
      { ...house, actions },
      event({ kind: 'answer-promise', targets: [`Task/${step.id}`], at: `${day}T10:00:00Z` }),
    )
  expect(answered('2026-03-01')).toEqual({ words: step.what, isOfToday: true })
  expect(answered('2026-03-02')).toEqual({ words: step.what })
})

test('The last event of a room is the latest in time, whatever the order of the list', () => {
  const at = (day: number, room: PlanEvent['room'] = 'me') =>
    event({ id: `on-${day}`, room, at: `2026-03-0${day}T10:00:00Z` })
  expect(lastEventIn([at(2), at(4), at(3), at(5, 'team')], 'me')?.id).toBe('on-4')
  expect(lastEventIn([at(5, 'team')], 'me')).toBeUndefined()
})

test('Words are cut between words, and short ones stay whole', () => {
  expect(inShort('To the gate', 20)).toBe('To the gate')
  expect(inShort('To the gate, and back again on a Sunday', 14)).toBe('To the gate…')
  expect(inShort('Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch', 10)).toBe(
    'Llanfairpw…',
  )
  expect(inShort('one\n\n  two', 20)).toBe('one two')
})
