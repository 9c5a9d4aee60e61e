import { expect, test } from 'vitest'
import { enabledIds } from '#domain/assessment/enabled.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { ruleFor, scoreOf } from '#domain/assessment/score.ts'
import { demoQuestionnaires } from './questionnaires.ts'

const formOf = (id: string) => {
  const found = demoQuestionnaires.find((each) => each.id === id)
  if (!found) throw new Error(`No questionnaire ${id}`)
  return formFromFhir(found)
}

test.each(demoQuestionnaires.map((each) => each.id ?? ''))(
  '%s has only supported questions, each of them once',
  (id) => {
    const questions = allQuestions(formOf(id).items)
    expect(questions.filter((each) => each.type === 'unsupported')).toEqual([])
    expect(new Set(questions.map((each) => each.linkId)).size).toBe(questions.length)
  },
)

test.each(['prisma-7', 'phq-9'])(
  '%s has a rule for its score that names its own questions',
  (id) => {
    const form = formOf(id)
    const ids = allQuestions(form.items).map((each) => each.linkId)
    expect(ruleFor(form)?.items.every((item) => ids.includes(item))).toBe(true)
  },
)

test('PHQ-9 asks about difficulty only when something was a problem', () => {
  const form = formOf('phq-9')
  const options = allQuestions(form.items).find((each) => each.linkId === '44250-9')?.options ?? []
  const answers = (point: number): FormAnswers => ({
    '44250-9': options[point] ? [options[point].answer] : [],
  })
  expect(enabledIds(form, {}).has('69722-7')).toBe(false)
  expect(enabledIds(form, answers(0)).has('69722-7')).toBe(false)
  expect(enabledIds(form, answers(1)).has('69722-7')).toBe(true)
  expect(scoreOf(form, answers(3))).toMatchObject({ state: 'partial', soFar: 3, answered: 1 })
})

test('PRISMA-7 is marked as pending clinical sign-off', () => {
  expect(formOf('prisma-7').pendingSignOff).toBe(true)
  expect(formOf('phq-9').pendingSignOff).toBe(false)
})

test('“What matters” shows further questions depending on the answers', () => {
  const form = formOf('what-matters')
  expect(enabledIds(form, {}).has('worry')).toBe(false)
  expect(enabledIds(form, { 'has-worry': [true] }).has('worry')).toBe(true)
  const low = enabledIds(form, { 'able-to-do': ['Walk to church'], confidence: [4] })
  expect(low.has('more-confident')).toBe(true)
})
