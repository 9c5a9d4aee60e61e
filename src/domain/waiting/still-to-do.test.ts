import type { CarePlan, Condition, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { todayFromParameters, todayToParameters } from '#domain/today/wire.ts'
import { stillToDo, todayOf } from './still-to-do.ts'

const who = (id: string) => ({ id, family: '', given: id, stretch: 'steady' as const })
const plan = (id: string, person: string): CarePlan => ({
  ...{ resourceType: 'CarePlan', id, status: 'active', intent: 'plan' },
  subject: { reference: `Patient/${person}` },
})
const need = (id: string, person: string, status: string): Condition => ({
  ...{ resourceType: 'Condition', id, subject: { reference: `Patient/${person}` } },
  clinicalStatus: { coding: [{ code: status }] },
  extension: [{ url: 'https://gable.example/fhir/unmet-need', valueBoolean: true }],
})

test('the list that is along speaks of those who are along, and of nobody else', () => {
  const fetched = todayToParameters({
    ...{ people: [who('grace'), who('other')], items: [], plans: 41, unmet: 7 },
    others: [who('stranger')],
  })
  const here: Resource[] = [plan('plan-1', 'grace'), plan('whatif-1', 'grace')]
  here.push(need('n1', 'grace', 'active'), need('n2', 'grace', 'resolved'), plan('p', 'elsewhere'))
  const records = new Map(here.map((each) => [`${each.resourceType}/${each.id}`, each]))
  const list = stillToDo(todayOf(fetched, ['grace']), records, { today: '2026-11-22' })
  const { people, plans, unmet, others } = todayFromParameters(list)
  expect([people.map((each) => each.id), plans, unmet, others]).toEqual([
    ['grace'],
    1,
    1,
    undefined,
  ])
})
