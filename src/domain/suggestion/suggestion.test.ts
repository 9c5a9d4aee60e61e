import { describe, expect, test } from 'vitest'
import type { FormAnswers } from '#domain/assessment/form.ts'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import { instruments } from '#domain/assessment/instruments.ts'
import type { Score } from '#domain/assessment/score.ts'
import { proposalsByRules } from './answer-rule/answer-rule.ts'
import { shippedAnswerRules } from './answer-rule/shipped/shipped-answer-rules.ts'
import {
  acceptedTask,
  dismissedTask,
  goalFrom,
  needFrom,
  suggestionFromFhir,
  suggestionToFhir,
} from './fhir.ts'
import { ownProposals } from './suggestion.ts'

function scored(url: string, value: number): Score {
  const rule = scoreRules.find((each) => each.questionnaire === url)
  const band = rule?.bands.find((each) => value <= each.to)
  if (!rule || !band) throw new Error(`No band for ${value}`)
  return { state: 'complete', rule, value, band }
}

describe('A score suggests a need from its threshold on', () => {
  test.each([
    [instruments.prisma7.url, 2, []],
    [instruments.prisma7.url, 3, ['frailty-review']],
    [instruments.phq9.url, 9, []],
    [instruments.phq9.url, 10, ['low-mood']],
  ])('%s at %i', (url, value, suggested) => {
    const made = proposalsByRules(shippedAnswerRules, url, {
      ...{ answers: {}, score: scored(url, value) },
    })
    expect(made.map(({ rule }) => rule.code)).toEqual(suggested)
  })
  test('a partial score suggests nothing', () => {
    const rule = scored(instruments.phq9.url, 20).rule
    const partial: Score = { state: 'partial', rule, soFar: 20, answered: 8, missing: [] }
    const facts = { answers: {}, score: partial }
    expect(proposalsByRules(shippedAnswerRules, instruments.phq9.url, facts)).toEqual([])
  })
})

describe('The questionnaire “what matters” suggests in the person’s own words', () => {
  test.each<[string, FormAnswers, readonly object[]]>([
    [
      'a wish',
      { 'able-to-do': [' Walk to church '] },
      [{ kind: 'goal', code: 'own-words', words: 'Walk to church' }],
    ],
    ['an empty wish', { 'able-to-do': ['  '] }, []],
    [
      'a worry',
      { 'has-worry': [true], worry: ['Falling at night'] },
      [{ kind: 'need', code: 'worry', words: 'Falling at night' }],
    ],
    ['a worry that was withdrawn', { 'has-worry': [false], worry: ['Falling at night'] }, []],
  ])('%s', (_title, answers, expected) => {
    expect(ownProposals(instruments.whatMatters.url, answers)).toEqual(expected)
  })
})

const written = {
  by: { reference: 'Practitioner/a', name: 'A', voice: 'professional' },
  at: '2026-11-22T10:00:00Z',
} as const

const task = suggestionToFhir({
  id: 's1',
  kind: 'goal',
  code: 'own-words',
  words: 'Walk to church',
  person: 'p',
  from: 'r1',
  by: { reference: 'Practitioner/a' },
  at: '2026-11-22T10:00:00Z',
})

test('A suggestion is open until someone decides, and is read from FHIR as it was written', () => {
  expect(suggestionFromFhir(task)).toMatchObject({
    kind: 'goal',
    state: 'open',
    words: 'Walk to church',
    from: 'r1',
  })
})

test('A dismissed suggestion keeps the reason', () => {
  const why = { kind: 'done', words: 'She has this already', at: 'now' } as const
  expect(suggestionFromFhir(dismissedTask(task, why))).toMatchObject({
    state: 'dismissed',
    reason: 'She has this already',
  })
})

test('An accepted suggestion becomes a goal in the person’s words, and refers to it', () => {
  const suggestion = suggestionFromFhir(task)
  const goal = goalFrom({ id: 'g1', suggestion, person: 'p', written, on: '2026-11-22' })
  expect(goal).toMatchObject({
    lifecycleStatus: 'proposed',
    expressedBy: { reference: 'Patient/p' },
    description: { text: 'Walk to church' },
  })
  expect(acceptedTask(task, 'Goal/g1', 'now')).toMatchObject({
    status: 'accepted',
    focus: { reference: 'Goal/g1' },
  })
})

test('An accepted need is a health concern with the assessment as its evidence', () => {
  const need = needFrom({
    id: 'n1',
    suggestion: suggestionFromFhir(task),
    person: 'p',
    written,
    on: '2026-11-22',
  })
  expect(need.category?.[0]?.coding?.[0]?.code).toBe('health-concern')
  expect(need.evidence?.[0]?.detail?.[0]?.reference).toBe('QuestionnaireResponse/r1')
})
