import type { Resource, Task } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { afterDeathTasks, isWithdrawnTask, withdrawnAfterDeath } from './after-death-tasks.ts'
import { asBeforeDeath, endedByDeath, wasEndedByDeath, withOwnDeathMark } from './ended-by-death.ts'

const task = { resourceType: 'Task', id: 't', status: 'accepted', intent: 'order' } as const
const appointment = { resourceType: 'Appointment', id: 'a', participant: [] } as const
const flag = { resourceType: 'Flag', id: 'f', status: 'active', subject: {} } as const
const coded = (code: string) => ({ coding: [{ system: gableCodeSystem, code }] })

describe('A death', () => {
  test.each([
    ['a promise', task],
    ['a task with a reason of its own', { ...task, statusReason: { text: 'Waits for Tom' } }],
    ['an appointment ahead', { ...appointment, status: 'booked', start: '2026-03-03T09:00:00Z' }],
    ['a message that repeats', { resourceType: 'CommunicationRequest', id: 'c', status: 'active' }],
    [
      'an alert',
      { ...flag, code: coded('reading-outside-limits'), period: { start: '2026-03-01' } },
    ],
  ])('ends %s, which comes back word for word', (_what, record) => {
    const ended = endedByDeath(record as Resource, testNow)
    expect(ended?.status).toMatch(/cancelled|revoked|inactive/)
    expect(endedByDeath(ended as Resource, testNow)).toBeUndefined()
    expect(wasEndedByDeath(ended as Resource)).toBe(true)
    expect(asBeforeDeath(ended as Resource, testNow)).toEqual(record)
  })

  test.each([
    ['what is done', { ...task, status: 'completed' }],
    ['a proposal', { ...task, intent: 'proposal' }],
    ['a referral', { ...task, code: coded('referral') }],
    ['a hand-over of the practice', { ...task, code: coded('registration-handover') }],
    [
      'an appointment that was',
      { ...appointment, status: 'booked', start: '2026-03-01T09:00:00Z' },
    ],
    ['an appointment that was cancelled', { ...appointment, status: 'cancelled' }],
    ['a concern about safety', { ...flag, code: {}, category: [coded('safety')] }],
    ['a plan', { resourceType: 'CarePlan', id: 'p', status: 'active', intent: 'plan' }],
  ])('leaves %s', (_what, record) => {
    expect(endedByDeath(record as Resource, testNow)).toBeUndefined()
    expect(asBeforeDeath(record as Resource, testNow)).toBeUndefined()
  })

  test('does not bring back what somebody has changed since', () => {
    const ended = endedByDeath(task as Resource, testNow)
    expect(asBeforeDeath({ ...ended, status: 'completed' } as Resource, testNow)).toBeUndefined()
  })

  const marked = (was: string, status = 'cancelled') =>
    ({
      ...{ ...task, status },
      extension: [
        {
          url: gableUrl('ended-by-death'),
          extension: [{ url: 'was', valueString: was }],
        },
      ],
    }) as Resource

  test.each([
    ['no JSON', 'not json'],
    ['no object', '[1]'],
    ['no state', '{}'],
    ['a state that was not open', '{"status":"completed"}'],
  ])('does not bring back what says with %s what it was', (_what, was) => {
    expect(asBeforeDeath(marked(was), testNow)).toBeUndefined()
  })

  test('brings back the state and its reason, and nothing else that a mark says', () => {
    const was = { status: 'accepted', owner: { reference: 'Practitioner/x' }, meta: { tag: [] } }
    const back = asBeforeDeath(marked(JSON.stringify({ ...was, statusReason: 'x' })), testNow)
    expect(back).toEqual(task)
  })

  test('ends what is open whatever mark it has, and the mark says what it was', () => {
    const ended = endedByDeath(marked('{"status":"draft"}', 'accepted'), testNow)
    expect(ended?.extension).toHaveLength(1)
    expect(asBeforeDeath(ended as Resource, testNow)?.status).toBe('accepted')
  })

  test('is marked by the service alone, for as long as it stays ended', () => {
    const ended = endedByDeath(task as Resource, testNow) as Resource
    const { extension: _mark, ...bare } = ended as Task
    expect(withOwnDeathMark(marked('{}'), undefined)).toEqual({ ...task, status: 'cancelled' })
    const { extension } = marked('{}') as Task
    expect(withOwnDeathMark({ ...bare, extension } as Task, ended)).toEqual(ended)
    expect(withOwnDeathMark(bare, ended)).toEqual(ended)
    expect(withOwnDeathMark({ ...ended, status: 'accepted' } as Task, ended)).toEqual({
      ...{ ...bare, status: 'accepted' },
    })
  })

  test('leaves a visit cancelled whose time has passed when it is taken back', () => {
    const visit = { ...appointment, status: 'booked', start: '2026-03-03T09:00:00Z' }
    const ended = endedByDeath(visit as unknown as Resource, testNow) as Resource
    expect(asBeforeDeath(ended, new Date('2026-03-04T09:00:00Z'))).toBeUndefined()
  })

  test('asks the team to look after those who are left, each once and by a day', () => {
    const tasks = afterDeathTasks({
      ...{ person: 'p', name: 'Grace Okafor', today: testDay, now: testNow },
      carers: [{ id: 'chidi', name: 'Chidi Okafor' }],
      visitors: [{ name: 'Brightway home care' }],
    })
    expect(tasks.map(({ id, restriction }) => [id, restriction?.period?.end])).toEqual([
      ['after-death-condolence-p', '2026-03-05'],
      ['after-death-carer-chidi-p', '2026-03-09'],
      ['after-death-collect-p', '2026-03-09'],
      ['after-death-tell-p', '2026-03-03'],
    ])
    expect(tasks[1]?.description).toContain('Ask Chidi Okafor how they are')
    expect(tasks[3]?.description).toContain('Brightway home care')
    expect(tasks.every(({ requester }) => requester === undefined)).toBe(true)
    expect(tasks.map((each) => endedByDeath(each, testNow))).toEqual(tasks.map(() => undefined))
  })

  test('that was wrong withdraws what nobody has begun', () => {
    const begun = withdrawnAfterDeath({ ...task, status: 'requested' })
    expect(begun?.status).toBe('cancelled')
    expect(begun && isWithdrawnTask(begun)).toBe(true)
    expect(withdrawnAfterDeath({ ...task, status: 'accepted' })).toBeUndefined()
    expect(isWithdrawnTask({ ...task, status: 'cancelled' })).toBe(false)
  })
})
