import type { CarePlan, Condition, Resource, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { recordText } from '#domain/plan/record-text.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import { conflictText } from './conflict-text.ts'
import { offlineTodayLeft, offlineTodayOf } from './offline-today.ts'

const who = (id: string) => ({ id, family: '', given: id, band: 'steady' as const })
const plan = (id: string, person: string): CarePlan => ({
  ...{ resourceType: 'CarePlan', id, status: 'active', intent: 'plan' },
  subject: { reference: `Patient/${person}` },
})
const need = (id: string, person: string, status: string): Condition => ({
  ...{ resourceType: 'Condition', id, subject: { reference: `Patient/${person}` } },
  clinicalStatus: { coding: [{ code: status }] },
  extension: [{ url: 'https://gable.example/fhir/unmet-need', valueBoolean: true }],
})

test('the offline list is only about people who are downloaded', () => {
  const fetched = todayParameters.write({
    ...{ people: [who('grace'), who('other')], items: [], plans: 41, unmet: 7 },
    others: [who('stranger')],
  })
  const here: Resource[] = [plan('plan-1', 'grace'), plan('whatif-1', 'grace')]
  here.push(need('n1', 'grace', 'active'), need('n2', 'grace', 'resolved'), plan('p', 'elsewhere'))
  const records = new Map(here.map((each) => [`${each.resourceType}/${each.id}`, each]))
  const list = offlineTodayLeft(offlineTodayOf(fetched, ['grace']), records, {
    today: '2026-11-22',
  })
  const { people, plans, unmet, others } = todayParameters.read(list)
  expect([people.map((each) => each.id), plans, unmet, others]).toEqual([
    ['grace'],
    1,
    1,
    undefined,
  ])
})

test('a queued date is shown in the reader’s format, and a date within a text stays as written', () => {
  const sayDay = (day: string) => `the ${Number(day.slice(8))}th`
  const step: Task = {
    ...{ resourceType: 'Task', id: 't', status: 'requested', intent: 'order' },
    for: { reference: 'Patient/grace' },
    description: 'Ring about 2031-03-10',
    restriction: { period: { end: '2031-03-12' } },
  }
  expect(recordText(step, undefined, sayDay)).toBe('Ring about 2031-03-10, the 12th')
  expect(conflictText({ end: '2031-03-12', text: undefined }, sayDay)).toBe('the 12th')
  expect(conflictText(['seen on 2031-03-12'], sayDay)).toBe('seen on 2031-03-12')
})
