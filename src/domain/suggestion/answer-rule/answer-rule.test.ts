import { describe, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { instrumentAt, scoreRules } from '#domain/assessment/instruments/library.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import { packQuestionnaires } from '#domain/assessment/instruments/pack-questionnaires.ts'
import { bandOf } from '#domain/assessment/score.ts'
import { type AnswerCondition, conditionFrom, conditionLine, saidBy } from './answer-condition.ts'
import { type AnswerRule, faultsInRule, proposalsByRules } from './answer-rule.ts'
import { answerRuleFromFhir, answerRuleToFhir, ruleTrialIn } from './answer-rule-fhir.ts'
import { shippedAnswerRules } from './shipped/shipped-answer-rules.ts'

const rulesOf = (url: string, answers: FormAnswers) =>
  proposalsByRules(shippedAnswerRules, url, { answers }).map(({ rule }) => rule.code)
const falls = 'https://gable.example/fhir/Questionnaire/falls-checklist'

test.each<[string, FormAnswers, readonly string[]]>([
  ['no fall', { fallen: [false] }, []],
  ['one fall', { fallen: [true], 'how-many': [1] }, ['falls-home']],
  ['two falls', { fallen: [true], 'how-many': [2] }, ['falls-again', 'falls-home']],
  ['a fall, and up at night', { fallen: [true], night: [true] }, ['falls-night', 'falls-home']],
  ['up at night without a fall', { fallen: [false], night: [true] }, []],
  ['no way to call for help', { 'help-call': [false] }, ['falls-alarm']],
  ['nothing answered', {}, []],
])('The falls checklist suggests by its answers: %s', (_name, answers, expected) => {
  expect(rulesOf(falls, answers)).toEqual(expected)
})

test('A number stands in the words why', () => {
  const [made] = proposalsByRules(shippedAnswerRules, falls, {
    answers: { fallen: [true], 'how-many': [3] },
  })
  expect(made).toMatchObject({
    ...{ because: '3 falls in the last year', finding: 'fallen=yes;how-many=3' },
  })
})

describe('At each number from the lowest to the highest, a rule on a score suggests exactly within its limits', () => {
  const onScore = shippedAnswerRules.filter(({ when: [first] }) =>
    ['score', 'band'].includes(first?.on ?? ''),
  )
  const isDue = ([condition]: AnswerRule['when'], value: number, band: string) => {
    if (condition?.on === 'band') return condition.among.includes(band)
    return condition?.on === 'score' && value >= (condition.from ?? 0)
  }
  test.each(onScore.map((rule) => [rule.code, rule] as const))('%s', (_code, rule) => {
    const scored = scoreRules.find(({ questionnaire }) => questionnaire === rule.asked)
    if (!scored) throw new Error(`${rule.asked} has no score`)
    const values = Array.from({ length: Math.min(scored.max ?? 100, 100) + 1 }, (_, at) => at)
    const told = values.flatMap((value) => {
      const band = bandOf(scored, value)
      if (!band) return []
      const score = { state: 'complete', rule: scored, value, band } as const
      const made = proposalsByRules([rule], rule.asked, { answers: {}, score })
      return [{ value, made: made.length, due: Number(isDue(rule.when, value, band.code)) }]
    })
    expect(told.filter(({ made, due }) => made !== due)).toEqual([])
    expect(told.some(({ made }) => made > 0)).toBe(true)
  })
})

describe('Every rule that is shipped', () => {
  const forms = [...libraryQuestionnaires, ...packQuestionnaires].map(formFromFhir)
  const knownIn = ({ asked }: AnswerRule): readonly string[] => {
    const questions = allQuestions(forms.find(({ url }) => url === asked)?.items ?? [])
    const bands = scoreRules.find((each) => each.questionnaire === asked)?.bands ?? []
    return [
      'score',
      ...bands.map(({ code }) => `band:${code}`),
      ...questions.flatMap(({ linkId, type, options }) => [
        linkId,
        ...(type === 'boolean' ? [`${linkId}:yes`, `${linkId}:no`] : []),
        ...options.map(({ answer }) => `${linkId}:${saidBy(answer)}`),
      ]),
    ]
  }
  const namedBy = (condition: AnswerCondition): readonly string[] => {
    if (condition.on === 'score') return ['score']
    if (condition.on === 'band') return condition.among.map((each) => `band:${each}`)
    const { question } = condition
    return condition.on === 'answer'
      ? condition.is.map((each) => `${question}:${each}`)
      : [question]
  }
  test.each(shippedAnswerRules.map((rule) => [rule.code, rule] as const))(
    '%s names questions, options and forms that are there, and is read from FHIR as it was written',
    (_code, rule) => {
      expect(faultsInRule(rule)).toEqual([])
      const known = knownIn(rule)
      expect(rule.when.flatMap(namedBy).filter((each) => !known.includes(each))).toEqual([])
      if (rule.next) expect(instrumentAt(rule.next)).toBeDefined()
      expect(answerRuleFromFhir(answerRuleToFhir(rule))).toEqual(rule)
    },
  )
  test('has a name of its own', () => {
    const codes = shippedAnswerRules.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})

test.each([
  'fallen is yes',
  'wash is wash-2, wash-3',
  'worry is said',
  'how-many from 2',
  'how-many from 2 to 4',
  'score to 9.5',
  'band is moderate, severe',
])('A condition is written and read as one line: %s', (line) => {
  const condition = conditionFrom(line)
  expect(condition && conditionLine(condition)).toBe(line)
})

test.each(['', 'fallen', 'fallen = yes', 'score', 'a is ,', 'how-many from two'])(
  'A line that says nothing is no condition: “%s”',
  (line) => {
    expect(conditionFrom(line)).toBeUndefined()
  },
)

test('A draft keeps who tried it, and no count', () => {
  const [rule] = shippedAnswerRules
  if (!rule) throw new Error('There are rules')
  const trial = { at: '2026-11-30T10:00:00Z', by: 'Pat' }
  const draft = answerRuleToFhir(rule, trial)
  expect([draft.status, ruleTrialIn(draft)]).toEqual(['draft', trial])
  expect(ruleTrialIn(answerRuleToFhir(rule))).toBeUndefined()
})
