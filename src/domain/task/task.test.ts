import type { Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { actionFromFhir, actionToFhir } from '#domain/goal/fhir.ts'
import type { Who } from '#domain/plan/plan.ts'
import { newTask, recordWithDeed, taskFromFhir } from './fhir.ts'
import {
  type CareTask,
  inOrder,
  isTaskOverdue,
  mayTaskBecome,
  type TaskAction,
  TaskActionNotPossible,
} from './task.ts'

const amina: Who = { reference: 'Practitioner/amina', name: 'Amina', voice: 'professional' }
const tom: Who = { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' }
const at = '2026-11-20T10:00:00.000Z'
const fresh = newTask(
  { id: 't', person: 'p', what: 'Ring the son', owner: amina },
  { by: amina, at },
)
const deed = (facts: Partial<TaskAction>): TaskAction => ({
  kind: 'take',
  by: tom,
  at,
  words: '',
  ...facts,
})

test.each([
  ['A requested task can be accepted', 'requested', 'accepted', true],
  ['A requested task can be completed at once', 'requested', 'completed', true],
  ['A requested task can be refused', 'requested', 'rejected', true],
  ['An accepted task can be started', 'accepted', 'in-progress', true],
  ['An accepted task can be handed on', 'accepted', 'requested', true],
  ['A started task can be completed', 'in-progress', 'completed', true],
  ['A refused task can be given to somebody else', 'rejected', 'requested', true],
  ['A refused task cannot be completed', 'rejected', 'completed', false],
  ['An accepted task cannot be accepted again', 'accepted', 'accepted', false],
  ['A completed task stays completed', 'completed', 'requested', false],
  ['A cancelled task stays cancelled', 'cancelled', 'accepted', false],
] as const)('%s', (_title, from, to, expected) => {
  expect(mayTaskBecome(from, to)).toBe(expected)
})

test.each([
  ['is overdue when its date has passed', { dueOn: '2026-11-19', state: 'accepted' }, true],
  ['is not overdue on its date', { dueOn: '2026-11-20', state: 'accepted' }, false],
  ['without a date is never overdue', { state: 'requested' }, false],
  ['that is done is not overdue', { dueOn: '2026-11-19', state: 'completed' }, false],
] as const)('A task %s', (_title, facts, expected) => {
  expect(isTaskOverdue(facts, '2026-11-20')).toBe(expected)
})

test('Handing on changes the owner and keeps who, when and why, each time', () => {
  const once = recordWithDeed(fresh, deed({ kind: 'hand-on', by: amina, to: tom, words: 'Leave' }))
  const back = recordWithDeed(once, deed({ kind: 'hand-on', by: tom, to: amina, words: 'Ward' }))
  const task = taskFromFhir(back)
  expect(task.owner?.reference).toBe('Practitioner/amina')
  expect(task.deeds.map((each) => [each.by.name, each.to?.name, each.words, each.at])).toEqual([
    ['Amina', 'Tom', 'Leave', at],
    ['Tom', 'Amina', 'Ward', at],
  ])
})

test('Taking a task makes the taker the owner', () => {
  expect(recordWithDeed(fresh, deed({}))).toMatchObject({
    status: 'accepted',
    owner: { reference: 'Practitioner/tom' },
  })
})

test('Completing a task keeps its owner, the date and the words', () => {
  const done = recordWithDeed(fresh, deed({ kind: 'do', words: 'He comes on Sunday' }))
  expect(taskFromFhir(done)).toMatchObject({
    ...{ state: 'completed', doneOn: '2026-11-20', owner: { name: 'Amina' } },
    deeds: [{ kind: 'do', words: 'He comes on Sunday' }],
  })
})

test.each([
  ['Europe/London', '2026-11-29', '2026-11-30', '2026-11-29'],
  ['America/Los_Angeles', '2026-11-28', '2026-11-29', '2026-11-28'],
  ['Pacific/Auckland', '2026-11-29', '2026-11-30', '2026-11-29'],
])('In %s a task is asked for, due and done on local dates', (zone, asked, due, done) => {
  const instants = { authoredOn: '2026-11-29T01:40:00Z', end: '2026-11-30T07:59:00Z' }
  const task = { ...fresh, ...instants, restriction: { period: { end: instants.end } } }
  const late = { ...deed({ kind: 'do' }), at: '2026-11-29T01:41:00Z' }
  const read = taskFromFhir(recordWithDeed(task, late, zone), zone)
  expect([read.askedOn, read.dueOn, read.doneOn]).toEqual([asked, due, done])
  const action = actionFromFhir(task, zone)
  expect(action.dueOn).toBe(due)
  // an unchanged restriction keeps its original form
  expect(actionToFhir(action, task, zone).restriction).toEqual(task.restriction)
})

test('A refusal and its reason are in the FHIR record', () => {
  const refused = recordWithDeed(fresh, deed({ kind: 'refuse', words: 'Not my area' }))
  expect(refused.statusReason).toEqual({ text: 'Not my area' })
})

test('An action that is no longer possible is refused with the state of the task', () => {
  const taken = recordWithDeed(fresh, deed({}))
  expect(() => recordWithDeed(taken, deed({ by: amina }))).toThrow(TaskActionNotPossible)
})

test('Fields that other systems wrote into a task are kept', () => {
  const foreign: Task & { id: string } = {
    ...fresh,
    priority: 'urgent',
    note: [{ text: 'agreed note' }],
    extension: [{ url: 'http://else.where/x', valueString: 'y' }],
  }
  const after = recordWithDeed(foreign, deed({}))
  expect(after).toMatchObject({ priority: 'urgent', note: [{ text: 'agreed note' }] })
  expect(after.extension).toContainEqual({ url: 'http://else.where/x', valueString: 'y' })
})

test('The day of an open task is changed with a reason, its state stays, and a rule sets it no longer', () => {
  const ruled = newTask(
    {
      id: 't',
      person: 'p',
      what: 'Ring',
      owner: amina,
      dueRule: { kind: 'working-days', days: 2 },
    },
    { by: amina, at },
  )
  const move = deed({ kind: 'move', words: 'They are abroad', dueOn: '2026-12-24' })
  const moved = taskFromFhir(recordWithDeed(ruled, move))
  expect(moved).toMatchObject({ state: 'requested', dueOn: '2026-12-24', deeds: [move] })
  expect(moved.dueRule).toBeUndefined()
  const done = recordWithDeed(fresh, deed({ kind: 'do' }))
  expect(() => recordWithDeed(done, move)).toThrow(TaskActionNotPossible)
  const ofPlan: Task & { id: string } = { ...fresh, basedOn: [{ reference: 'CarePlan/plan' }] }
  expect(() => recordWithDeed(ofPlan, move)).toThrow(TaskActionNotPossible)
})

test('Open tasks come first, by date, then completed ones', () => {
  const task = (id: string, facts: Partial<CareTask>): CareTask => ({
    ...taskFromFhir(fresh),
    id,
    ...facts,
  })
  const list = [
    task('done', { state: 'completed', doneOn: '2026-11-19' }),
    task('undated', {}),
    task('late', { dueOn: '2026-11-30' }),
    task('soon', { dueOn: '2026-11-21' }),
  ]
  expect(inOrder(list).map((each) => each.id)).toEqual(['soon', 'late', 'undated', 'done'])
})
