import type { CarePlan, Condition, Goal as FhirGoal, Observation, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { actionFromFhir, actionToFhir, goalFromFhir, goalToFhir } from '#domain/goal/fhir.ts'
import { aboutMeFromFhir, aboutMeToFhir } from './about-me-fhir.ts'
import { needFromFhir, needToFhir, planFromFhir, planToFhir } from './fhir.ts'
import type { Plan } from './plan.ts'
import { whatIfFromFhir, whatIfToFhir } from './worse/what-if-fhir.ts'

const grace = { reference: 'Patient/p', display: 'Grace Okafor' }
const foreign = { url: 'https://elsewhere.example/x', valueString: 'kept' }

const carePlan: CarePlan = {
  ...{ resourceType: 'CarePlan', id: 'plan-c', status: 'on-hold', intent: 'plan', subject: grace },
  ...{ meta: { versionId: '3' }, title: 'From elsewhere' },
  supportingInfo: [{ reference: 'EpisodeOfCare/c' }, { reference: 'DocumentReference/d' }],
  goal: [{ reference: 'Goal/g', display: 'Walk' }],
  addresses: [{ reference: 'Condition/n', display: 'Breathless' }],
  activity: [
    { reference: { reference: 'ServiceRequest/s' } },
    { reference: { reference: 'Task/t' } },
  ],
  extension: [foreign, { url: 'https://gable.example/fhir/review-on', valueDate: '2026-12-03' }],
}
const goal: FhirGoal = {
  ...{ resourceType: 'Goal', id: 'g', lifecycleStatus: 'on-hold', subject: grace },
  ...{ description: { text: 'I want to walk', coding: [{ code: '1' }] }, expressedBy: grace },
  ...{ startDate: '2026-10-01', addresses: [{ reference: 'Condition/n', display: 'Breathless' }] },
  target: [{ dueDate: '2027-01-01' }],
  extension: [foreign],
}
const task: Task = {
  ...{ resourceType: 'Task', id: 't', status: 'ready', intent: 'order', for: grace },
  ...{ description: 'Fit the rail', focus: { reference: 'Goal/g', display: 'Walk' } },
  owner: { reference: 'Practitioner/tom', display: 'Tom Price' },
  restriction: { repetitions: 2, period: { end: '2026-11-20T17:00:00Z' } },
  note: [{ text: 'Second stair' }, { text: 'A later note' }],
  extension: [foreign],
}
const condition: Condition = {
  ...{ resourceType: 'Condition', id: 'n', subject: grace, code: { text: 'Breathless' } },
  clinicalStatus: {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
    ],
  },
  extension: [foreign, { url: 'https://gable.example/fhir/unmet-need', valueBoolean: true }],
}
const about: Observation = {
  ...{ resourceType: 'Observation', id: 'o', status: 'amended', subject: grace },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1515881000000107' }] },
  ...{ valueString: 'On my left', performer: [grace], effectiveDateTime: '2026-11-04' },
  extension: [
    { url: 'https://gable.example/fhir/supported-by', valueString: 'Ngozi Eze' },
    foreign,
  ],
}

test.each([
  ['a plan', carePlan, () => planToFhir(planFromFhir(carePlan), carePlan)],
  ['a goal', goal, () => goalToFhir(goalFromFhir(goal), goal)],
  ['an action', task, () => actionToFhir(actionFromFhir(task), task)],
  ['a need', condition, () => needToFhir(needFromFhir(condition), condition)],
  ['a section of About me', about, () => aboutMeToFhir(aboutMeFromFhir(about), about)],
])(
  '%s from another system is the same after mapping there and back',
  (_title, resource, roundTrip) => {
    expect(roundTrip()).toEqual(resource)
  },
)

test('a goal of another system that is only coded is shown by its code’s words, and none is lost without words', () => {
  const coded = { coding: [{ code: '1', display: 'Walking' }] }
  expect(goalFromFhir({ ...goal, description: coded }).words).toBe('Walking')
  const { description: _none, ...bare } = goal
  expect(goalFromFhir(bare as FhirGoal).words).toBe('')
})

test('a plan of Gable’s own is the same after mapping there and back', () => {
  const plan: Plan = {
    ...{ id: 'plan-c', person: 'p', caseId: 'c', goals: ['g'], actions: ['t'], needs: ['n'] },
    ...{ reviewOn: '2026-12-03', ended: false },
    written: {
      by: { reference: 'Practitioner/amina', name: 'Amina Yusuf', voice: 'professional' },
      at: '2026-11-22T09:00:00.000Z',
    },
  }
  expect(planFromFhir(planToFhir(plan))).toEqual(plan)
})

test('removing a goal from a plan changes nothing else', () => {
  const changed = planToFhir({ ...planFromFhir(carePlan), goals: ['h'] }, carePlan)
  expect(changed.goal).toEqual([{ reference: 'Goal/h' }])
  expect({ ...changed, goal: carePlan.goal }).toEqual(carePlan)
})

test('a plan for if things get worse keeps its three levels', () => {
  const step = (sign: string) => ({ sign, doWhat: 'Ring', ring: '01632 960100' })
  const whatIf = {
    ...{ id: 'whatif-c', person: 'p', caseId: 'c' },
    ...{ green: step('A usual day'), amber: step('2 kg up'), red: step('No breath') },
  }
  expect(whatIfFromFhir(whatIfToFhir(whatIf))).toEqual(whatIf)
})

test('a goal from another system does not show the day it was stored here as the day it was written', () => {
  const stored = { versionId: '1', lastUpdated: '2026-11-29T15:22:00Z' }
  const read = goalFromFhir({ ...goal, meta: stored })
  expect(read.written).toBeUndefined()
  expect(read).toMatchObject({ since: '2026-10-01', expressedBy: { name: 'Grace Okafor' } })
})
