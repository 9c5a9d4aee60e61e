import { createElement } from 'react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { takeOnPatient } from '#client/queries/care-plan/case.ts'
import { planQueries, startPlan } from '#client/queries/care-plan/plan.ts'
import type { Goal } from '#domain/goal/goal.ts'
import type { Who } from '#domain/plan/plan.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { stubLocalStorage } from '#test-support/doubles/local-storage.ts'
import { drawn } from '#test-support/drawn.ts'
import { openHook } from '#test-support/hook.ts'
import { annHill, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { GoalForm, useGoal } from './goal-form.tsx'

const grace = graceServerForFile()
const ann = annHill.id

beforeAll(async () => await grace.seed([annHill], 'brook-surgery'))
beforeEach(() => stubLocalStorage())
afterEach(() => vi.unstubAllGlobals())

async function house() {
  queryClient.clear()
  return await queryClient.fetchQuery(planQueries.house(ann))
}

test('a goal written without a plan is saved before its draft is removed', async () => {
  const withoutPlan = await house()
  expect(withoutPlan.plan).toBeUndefined()
  const look = () => openHook(() => useGoal(withoutPlan, undefined))
  look().change({ words: 'I want to garden' })

  grace.wire.mode = 'drop'
  expect(await look().save()).toBe(false)
  expect(look().mine.words).toBe('I want to garden')

  grace.wire.mode = 'open'
  expect(await look().save()).toBe(true)
  expect(look().isDraft).toBe(false)
  expect((await house()).goals.map((each) => each.words)).toEqual(['I want to garden'])
})

test('a goal being written stays in its form when a plan is begun, and goes into that plan', async () => {
  const withoutPlan = await house()
  openHook(() => useGoal(withoutPlan, undefined)).change({ words: 'I want to swim' })
  const { caseId } = await takeOnPatient(ann)
  await startPlan(ann, caseId)

  const record = await house()
  const form = openHook(() => useGoal(record, undefined))
  expect(form.mine.words).toBe('I want to swim')
  expect(await form.save()).toBe(true)
  expect((await house()).plan?.goals).toContain(form.mine.id)
})

test('only a goal that the person expressed is shown as the person’s words', async () => {
  const here = await house()
  const since = dayFromToday(-1)
  const goal: Goal = {
    ...{ id: 'g', person: ann, words: 'Low salt diet', why: '', needs: [], state: 'active', since },
  }
  const shown = (current: Goal) => {
    const editing = openHook(() => useGoal(here, current))
    const onDone = () => undefined
    return drawn(createElement(GoalForm, { house: here, current, editing, onDone }))
  }
  const person: Who = { reference: `Patient/${ann}`, name: 'Ann Hill', voice: 'person' }
  expect(shown(goal)).not.toContain('gable-words')
  expect(shown({ ...goal, expressedBy: person })).toContain('gable-words')
})
