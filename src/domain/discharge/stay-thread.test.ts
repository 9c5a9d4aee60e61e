import { expect, test } from 'vitest'
import type { Contact } from '#domain/contact/contact.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { CareTask } from '#domain/task/task.ts'
import { usualFollowUp } from './follow-up-rule.ts'
import type { StayMessage } from './stay-message.ts'
import { nextStayFrom, stayThread, triesAfter } from './stay-thread.ts'
import type { WardStay } from './ward-stay.ts'

const amina: Who = { reference: 'Practitioner/amina', name: 'Amina Yusuf', voice: 'professional' }
const stay: WardStay = {
  ...{ id: 's', person: 'p', from: '2026-08-22T09:00:00Z', until: '2026-08-28T16:00:00Z' },
  ...{ isDepartment: false, ward: 'Ward 4', hospital: 'St Anne’s', reason: 'Chest infection' },
}
const call = (at: string, reached: boolean): Contact => ({
  ...{ id: at, person: 'p', way: 'call', reached, words: '', by: amina, at, stay: 's' },
})
const kinds = (facts: Partial<Parameters<typeof stayThread>[0]>) =>
  stayThread({
    ...{ stay, contacts: [], choice: usualFollowUp, zone: 'Europe/London' },
    ...{ now: '2026-08-29T09:00:00Z', ...facts },
  }).map(({ kind, state }) => `${kind} ${state}`)

test('at home, before the call: solid up to now, the call and day 30 ahead', () => {
  expect(kinds({})).toEqual([
    'admitted done',
    'home done',
    'now now',
    'contact-by due',
    'last-day to-come',
  ])
})

test('a try stands where it was; who was reached needs no call any more', () => {
  const contacts = [call('2026-08-28T18:00:00Z', false), call('2026-08-29T08:00:00Z', true)]
  expect(kinds({ contacts })).toEqual([
    'admitted done',
    'home done',
    'tried failed',
    'reached done',
    'now now',
    'last-day to-come',
  ])
})

test('who sees them next stands on its day: ahead, late, done; what does not go ahead is no stop', () => {
  const next = (state: CareTask['state'], dueOn: string, more: Partial<CareTask> = {}) => ({
    ...({ stay: 's', kind: 'follow-up' } as const),
    task: { id: dueOn, what: 'Chest clinic', owner: amina, state, dueOn, ...more } as CareTask,
  })
  const arranged = [
    next('accepted', '2026-09-10'),
    next('requested', '2026-08-28'),
    next('completed', '2026-08-28', { doneOn: '2026-08-28' }),
    next('cancelled', '2026-09-11'),
    { ...next('accepted', '2026-09-12'), kind: 'equipment' } as const,
    { ...next('accepted', '2026-09-13'), stay: 'another' },
  ]
  expect(kinds({ arranged }).filter((each) => each.startsWith('follow-up'))).toEqual([
    'follow-up late',
    'follow-up done',
    'follow-up to-come',
  ])
})

test('nobody called in time, and later the thirty days are over', () => {
  expect(kinds({ now: '2026-08-31T09:00:00Z' })).toContain('contact-by late')
  expect(kinds({ now: '2026-10-01T09:00:00Z' })).toContain('last-day done')
})

test('a visit that the rule asks for is ahead until somebody came', () => {
  const choice = { rule: 'TCM-7', calendar: 'us-federal' } as const
  expect(kinds({ choice })).toContain('visit-by to-come')
  const contacts = [{ ...call('2026-08-29T08:00:00Z', true), way: 'visit' as const }]
  expect(kinds({ choice, contacts })).not.toContain('visit-by to-come')
})

test('on the ward: nobody has said when, then somebody has, then that day is over', () => {
  const { until: _until, ...inside } = stay
  const expected: StayMessage = {
    ...{ id: 'e', kind: 'expected-discharge', person: 'p', stay: 's', words: 'Shauna Reid' },
    ...{ on: '2026-08-28', by: amina, at: '2026-08-25T09:00:00Z' },
  }
  const now = '2026-08-26T09:00:00Z'
  expect(kinds({ stay: inside, now })).toEqual(['admitted done', 'now now', 'expected to-come'])
  expect(kinds({ stay: inside, now, expected })).toContain('expected to-come')
  expect(kinds({ stay: inside, expected })).toContain('expected late')
})

test('calls about another stay are not on this thread', () => {
  const contacts = [{ ...call('2026-08-28T18:00:00Z', false), stay: 'other' }]
  expect(kinds({ contacts })).not.toContain('tried failed')
})

test('a visit or a call in the record counts as on the Today page, whoever wrote it for whatever', () => {
  const choice = { rule: 'TCM-7', calendar: 'us-federal' } as const
  const visits = [{ at: '2026-08-29T07:00:00Z', reached: true, isVisit: true }]
  expect(kinds({ choice, visits })).not.toContain('visit-by to-come')
  expect(kinds({ choice, visits })).not.toContain('contact-by due')
  const { stay: _stay, ...general } = call('2026-08-29T08:00:00Z', true)
  expect(kinds({ contacts: [general] })).not.toContain('contact-by due')
  expect(kinds({ contacts: [{ ...general, stay: 'other' }] })).toContain('contact-by due')
})

test('what came after a newer stay does not count for the older one', () => {
  const newer = { id: 't', from: '2026-09-01T09:00:00Z' }
  const until = nextStayFrom([stay, newer], stay, 'Europe/London')
  const visits = ['2026-08-30', '2026-09-05'].map((at) => ({ at, reached: true, isVisit: true }))
  const tries = triesAfter('s', { contacts: [], visits, until }, 'Europe/London')
  expect(tries.map(({ at }) => at)).toEqual(['2026-08-30'])
  expect(nextStayFrom([stay, newer], newer, 'Europe/London')).toBeUndefined()
})
