import { beforeAll, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import type { Need } from '#domain/plan/plan.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { annHill, graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { takeOnPatient } from './case.ts'
import { NoPlanForStep, saveAction, saveGoal, saveNeed } from './goals.ts'
import { planQueries, startPlan } from './plan.ts'

const server = graceServerForFile()
const ann = annHill.id

beforeAll(async () => await server.seed([annHill], 'brook-surgery'))

async function look(person: string) {
  queryClient.clear()
  return await queryClient.fetchQuery(planQueries.house(person))
}

const newGoal = (person: string, words: string): Goal => ({
  ...{ id: crypto.randomUUID(), person, words, why: '', needs: [], state: 'active' },
})
const newStep = (more: Partial<Action>): Action => ({
  ...{ id: crypto.randomUUID(), person: ann, what: 'Ring', note: '', state: 'planned', ...more },
})

test('without a plan a goal, a need and a step for the goal are saved on the record', async () => {
  const goal = newGoal(ann, 'I want to garden')
  const need: Need = {
    ...{ id: crypto.randomUUID(), person: ann, words: 'A sore knee' },
    ...{ unmet: false, resolved: false },
  }
  const step = newStep({ goal: goal.id })
  await saveGoal(undefined, { mine: goal })
  await saveNeed(undefined, { mine: need })
  await saveAction(undefined, { mine: step })
  const found = await look(ann)
  expect(found.plan).toBeUndefined()
  expect(found.goals.map((each) => each.words)).toEqual(['I want to garden'])
  expect(found.needs.map((each) => each.words)).toEqual(['A sore knee'])
  expect(found.actions.map((each) => each.id)).toEqual([step.id])
})

test('a step without a plan or goal is refused, so that the writer keeps the text', async () => {
  await expect(saveAction(undefined, { mine: newStep({}) })).rejects.toThrow(NoPlanForStep)
})

test('a goal saved after a plan was begun elsewhere goes into that plan', async () => {
  const { caseId } = await takeOnPatient(ann)
  await startPlan(ann, caseId)
  const { plan: before } = await look(ann)
  const goal = newGoal(ann, 'I want to swim')
  await saveGoal(undefined, { mine: goal })
  const { plan } = await look(ann)
  expect(plan?.goals).toContain(goal.id)
  expect(Number(plan?.version)).toBe(Number(before?.version) + 1)
})

test('the answer to a save is the base of the next, so a user does not conflict with themselves', async () => {
  const { plan } = await look(ann)
  const mine = newStep({ what: 'Ring the parish', dueOn: '' })
  const dueOn = dayFromToday(9)
  const base = await saveAction(plan, { mine })
  await saveAction(plan, { base, mine: { ...mine, dueOn, note: 'In the morning' } })
  const found = (await look(ann)).actions.find((each) => each.id === mine.id)
  expect(found).toMatchObject({ dueOn, note: 'In the morning' })
})

test('Grace writes a goal of her own when her plan has ended', async () => {
  const { plan } = await look(graceId)
  const stood = await fhir.read('CarePlan', plan?.id ?? '')
  await fhir.update({ ...stood, id: plan?.id ?? '', status: 'completed' })
  await signInAs('grace')
  await saveGoal(undefined, { mine: newGoal(graceId, 'I want to sing again') })
  const { goals } = await look(graceId)
  expect(goals.map((each) => each.words)).toContain('I want to sing again')
})
