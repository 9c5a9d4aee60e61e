import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { toResponse } from '#domain/assessment/response.ts'
import { ruleFor, scoreOf } from '#domain/assessment/score.ts'
import { scoresOfResponse } from '#domain/assessment/scored-response.ts'
import { library, scoreRules } from './library.ts'
import { libraryQuestionnaires } from './library-questionnaires.ts'
import { packQuestionnaires } from './pack-questionnaires.ts'
import { scoreChange } from './score-change.ts'

const scoreFor = (response: QuestionnaireResponse) =>
  scoresOfResponse(response, undefined, { day: '2026-03-01' })[0]

const all = [...libraryQuestionnaires, ...packQuestionnaires]

const formOf = (id: string) => {
  const found = all.find((each) => each.id === id)
  if (!found) throw new Error(`No questionnaire ${id}`)
  return formFromFhir(found)
}

/** Answers with this total: every option in turn, from the highest that still fits. */
function adding(id: string, total: number): FormAnswers {
  const form = formOf(id)
  const scored = allQuestions(form.items).filter((each) =>
    ruleFor(form)?.items.includes(each.linkId),
  )
  const least = scored.map((each) => Math.min(...each.options.map(({ ordinal = 0 }) => ordinal)))
  let left = total - least.reduce((sum, each) => sum + each, 0)
  const given = scored.map((question, at) => {
    const fits = question.options
      .filter(({ ordinal = 0 }) => ordinal - (least[at] ?? 0) <= left)
      .toSorted((one, other) => (other.ordinal ?? 0) - (one.ordinal ?? 0))[0]
    left -= (fits?.ordinal ?? 0) - (least[at] ?? 0)
    return [question.linkId, fits ? [fits.answer] : []] as const
  })
  return Object.fromEntries(given)
}

const responseTo = (id: string, answers: FormAnswers): QuestionnaireResponse =>
  toResponse({
    ...{ id: 'r', form: formOf(id), answers, status: 'completed', person: 'p', author: {} },
    authored: '2026-11-22T10:00:00Z',
  })

describe('Every rule', () => {
  test.each(scoreRules.map((rule) => [rule.code.display, rule] as const))(
    '%s has bands without gaps or overlaps, from its lowest to its highest number',
    (_name, rule) => {
      const bands = rule.bands.filter(({ notByTotal }) => !notByTotal)
      expect(bands[0]?.from).toBe(rule.min ?? 0)
      expect(bands.at(-1)?.to).toBe(rule.max)
      for (const [at, band] of bands.entries()) {
        const next = bands[at + 1]
        if (next) expect(next.from).toBeGreaterThan(band.to)
        if (next) expect(next.from - band.to).toBeLessThanOrEqual(rule.times ?? 1)
      }
    },
  )

  test.each(scoreRules.map((rule) => [rule.code.display, rule] as const))(
    '%s says what each band means, where it was published, and what it does not say',
    (_name, { bands, source, caution }) => {
      for (const { name, meaning } of bands) expect([name, meaning].every(Boolean)).toBe(true)
      expect(source.length).toBeGreaterThan(10)
      expect(caution).toMatch(/[.]$/)
    },
  )

  test('no instrument, and no score, is there twice', () => {
    expect(new Set(library.map(({ id }) => id)).size).toBe(library.length)
    expect(new Set(scoreRules.map(({ code }) => code.code)).size).toBe(scoreRules.length)
  })
})

describe('Scores that are sums fall into their bands', () => {
  test.each([
    ['phq-2', 0, 'below-limit'],
    ['phq-2', 2, 'below-limit'],
    ['phq-2', 3, 'ask-phq-9'],
    ['phq-2', 6, 'ask-phq-9'],
    ['gad-7', 0, 'minimal'],
    ['gad-7', 4, 'minimal'],
    ['gad-7', 5, 'mild'],
    ['gad-7', 9, 'mild'],
    ['gad-7', 10, 'moderate'],
    ['gad-7', 14, 'moderate'],
    ['gad-7', 15, 'severe'],
    ['gad-7', 21, 'severe'],
    ['ucla-3', 3, 'below-limit'],
    ['ucla-3', 5, 'below-limit'],
    ['ucla-3', 6, 'lonely'],
    ['ucla-3', 9, 'lonely'],
    ['4at', 0, 'unlikely'],
    ['4at', 1, 'cognitive-impairment'],
    ['4at', 3, 'cognitive-impairment'],
    ['4at', 4, 'delirium'],
    ['4at', 12, 'delirium'],
    ['audit-c', 1, 'below-limit'],
    ['audit-c', 4, 'below-limit'],
    ['audit-c', 5, 'ask-audit'],
    ['audit-c', 12, 'ask-audit'],
    ['barthel', 0, 'total'],
    ['barthel', 20, 'total'],
    ['barthel', 25, 'severe'],
    ['barthel', 60, 'severe'],
    ['barthel', 65, 'moderate'],
    ['barthel', 90, 'moderate'],
    ['barthel', 95, 'slight'],
    ['barthel', 100, 'none'],
    ['katz', 0, 'severe'],
    ['katz', 2, 'severe'],
    ['katz', 3, 'moderate'],
    ['katz', 5, 'moderate'],
    ['katz', 6, 'full'],
    ['lawton', 0, 'needs-help'],
    ['lawton', 7, 'needs-help'],
    ['lawton', 8, 'manages-all'],
  ])('%s of %i is %s', (id, total, code) => {
    const answers = adding(id, total)
    const expected = { state: 'complete', value: total, band: { code } }
    expect(scoreOf(formOf(id), answers)).toMatchObject(expected)
    expect(scoreFor(responseTo(id, answers))).toMatchObject(expected)
  })

  test.each(['phq-2', 'gad-7', 'ucla-3', '4at'])(
    '%s with one answer missing has no score, and says which is missing',
    (id) => {
      const [first = '', ...rest] = ruleFor(formOf(id))?.items ?? []
      const answers = { ...adding(id, 6), [first]: [] }
      expect(scoreOf(formOf(id), answers)).toMatchObject({
        ...{ state: 'partial', answered: rest.length, missing: [{ linkId: first }] },
      })
      expect(scoreFor(responseTo(id, answers))).toBeUndefined()
    },
  )

  test('an answer of 4AT that means the same points stays the answer that was given', () => {
    const [normal, sleepy] = allQuestions(formOf('4at').items)[0]?.options ?? []
    expect([normal?.ordinal, sleepy?.ordinal]).toEqual([0, 0])
    expect(normal?.answer).not.toEqual(sleepy?.answer)
  })
})

describe('Timed up and go', () => {
  test.each([
    [9.9, 'within-10'],
    [10, 'within-10'],
    [10.04, 'over-10'],
    [11.996, 'over-10'],
    [10.1, 'over-10'],
    [11.9, 'over-10'],
    [12, 'twelve-or-more'],
    [12.1, 'twelve-or-more'],
    [600, 'twelve-or-more'],
  ])('%s seconds is %s', (seconds, code) => {
    const answers = { done: [true], seconds: [seconds] }
    expect(scoreOf(formOf('timed-up-and-go'), answers)).toMatchObject({ band: { code } })
    expect(scoreFor(responseTo('timed-up-and-go', answers))).toMatchObject({
      band: { code },
    })
  })

  test('that could not be done has no score', () => {
    const answers = { done: [false], 'why-not': ['Cannot stand'] }
    expect(scoreOf(formOf('timed-up-and-go'), answers)).toMatchObject({ state: 'partial' })
  })
})

describe('Walking speed', () => {
  test.each([
    [4, 5, 0.8, 'not-slow'],
    [4, 5.1, 0.78, 'slow'],
    [2.4, 3, 0.8, 'not-slow'],
    [10, 12.5, 0.8, 'not-slow'],
    [10, 12.6, 0.79, 'slow'],
    [4, 3.3, 1.21, 'not-slow'],
  ])('%s metres in %s seconds is %s, which is %s', (metres, seconds, value, code) => {
    const answers = { done: [true], metres: [metres], seconds: [seconds] }
    expect(scoreOf(formOf('gait-speed'), answers)).toMatchObject({ value, band: { code } })
  })
})

test.each([
  [12, 48, 'ask-about-mood'],
  [13, 52, 'not-low'],
  [0, 0, 'ask-about-mood'],
  [25, 100, 'not-low'],
])('WHO-5 with a sum of %i is %i, %s', (sum, value, code) => {
  const answers = adding('who-5', sum)
  expect(scoreOf(formOf('who-5'), answers)).toMatchObject({ value, band: { code } })
  expect(scoreFor(responseTo('who-5', answers))).toMatchObject({ value, band: { code } })
})

test('Somebody who never drinks is asked one question of AUDIT-C, and has a score of nought', () => {
  const [question] = allQuestions(formOf('audit-c').items)
  const never = { 'how-often': [question?.options[0]?.answer ?? ''] }
  expect(scoreOf(formOf('audit-c'), never)).toMatchObject({ state: 'complete', value: 0 })
  expect(scoreOf(formOf('audit-c'), {})).toMatchObject({ state: 'partial', answered: 0 })
  const monthly = { 'how-often': [question?.options[1]?.answer ?? ''] }
  expect(scoreOf(formOf('audit-c'), monthly)).toMatchObject({ state: 'partial', answered: 1 })
})

describe('MUST', () => {
  const points = (height: number, weight: number, before: number, isIll = false) => {
    const answers = {
      ...{ height: [height], weight: [weight], 'weight-before': [before] },
      'acutely-ill': [isIll],
    }
    const score = scoreOf(formOf('must'), answers)
    return score?.state === 'complete' ? [score.value, score.band.code] : score?.state
  }
  test.each([
    ['a body mass index of exactly 20', 160, 51.2, 51.2, [1, 'medium']],
    ['just over 20', 160, 51.3, 51.3, [0, 'low']],
    ['exactly 18.5', 200, 74, 74, [1, 'medium']],
    ['just under 18.5', 200, 73.9, 73.9, [2, 'high']],
    ['a loss of just under 5%', 160, 95.1, 100, [0, 'low']],
    ['a loss of exactly 5%', 160, 95, 100, [1, 'medium']],
    ['a loss of exactly 10%', 160, 90, 100, [1, 'medium']],
    ['a loss of just over 10%', 160, 89.9, 100, [2, 'high']],
    ['weight that was gained', 160, 100, 90, [0, 'low']],
  ])('counts %s', (_name, height, weight, before, expected) => {
    expect(points(height, weight, before)).toEqual(expected)
  })
  test.each([
    ['height', 0, 60, 60],
    ['weight now', 160, 0, 60],
    ['earlier weight', 160, 60, 0],
  ])('has no score where the %s is nought', (_name, height, weight, before) => {
    expect(points(height, weight, before)).toBe('partial')
  })
  test('adds two for somebody who is acutely ill and eats nothing', () => {
    expect(points(160, 60, 60, true)).toEqual([2, 'high'])
    expect(points(200, 73.9, 90, true)).toEqual([6, 'high'])
  })
})

describe('ONS4 has no total', () => {
  const { separate = [], rule } = library.find(({ id }) => id === 'ons-4') ?? {}
  test('but a word for each of its four answers, from 0 to 10', () => {
    expect(rule).toBeUndefined()
    const words = separate.map(({ bands }) =>
      Array.from({ length: 11 }, (_each, value) =>
        bands.filter(({ from, to }) => value >= from && value <= to).map(({ code }) => code),
      ).flat(),
    )
    const good = [...Array(5).fill('low'), 'medium', 'medium', 'high', 'high']
    const goodAll = [...good, 'very-high', 'very-high']
    const anxious = ['very-low', 'very-low', 'low', 'low', 'medium', 'medium']
    const anxiousAll = [...anxious, ...Array(5).fill('high')]
    expect(words).toEqual([goodAll, goodAll, goodAll, anxiousAll])
  })
})

describe('A score that is entered from the licensed form', () => {
  const entered = (id: string, more: FormAnswers) => {
    const form = formOf(id)
    const [version] =
      allQuestions(form.items).find(({ linkId }) => linkId === 'version')?.options ?? []
    return {
      ...{ version: [version?.answer ?? ''], day: ['2026-11-20'], assessor: ['Tom Price, physio'] },
      ...more,
    }
  }
  test.each([
    ['clinical-frailty-scale', 1, 'under-5'],
    ['clinical-frailty-scale', 4, 'under-5'],
    ['clinical-frailty-scale', 5, 'five-or-more'],
    ['clinical-frailty-scale', 9, 'five-or-more'],
    ['edmonton-frail-scale', 0, 'not-frail'],
    ['edmonton-frail-scale', 5, 'not-frail'],
    ['edmonton-frail-scale', 6, 'vulnerable'],
    ['edmonton-frail-scale', 7, 'vulnerable'],
    ['edmonton-frail-scale', 8, 'mild'],
    ['edmonton-frail-scale', 9, 'mild'],
    ['edmonton-frail-scale', 10, 'moderate'],
    ['edmonton-frail-scale', 11, 'moderate'],
    ['edmonton-frail-scale', 12, 'severe'],
    ['edmonton-frail-scale', 17, 'severe'],
    ['carer-strain-index', 0, 'no-strain'],
    ['carer-strain-index', 1, 'some-strain'],
    ['carer-strain-index', 26, 'some-strain'],
    ['waterlow', 9, 'below-10'],
    ['waterlow', 10, 'at-risk'],
    ['waterlow', 14, 'at-risk'],
    ['waterlow', 15, 'high'],
    ['waterlow', 19, 'high'],
    ['waterlow', 20, 'very-high'],
  ])('%s of %i is %s', (id, score, code) => {
    const answers = entered(id, { score: [score] })
    expect(scoreOf(formOf(id), answers)).toMatchObject({
      ...{ state: 'complete', value: score, band: { code } },
      taken: { day: '2026-11-20', by: 'Tom Price, physio' },
    })
    expect(scoreFor(responseTo(id, answers))).toMatchObject({ value: score })
  })

  test.each([
    ['clinical-frailty-scale', 0],
    ['clinical-frailty-scale', 10],
    ['edmonton-frail-scale', 18],
    ['carer-strain-index', 27],
    ['waterlow', 65],
  ])('%s of %i does not exist', (id, score) => {
    expect(scoreOf(formOf(id), entered(id, { score: [score] }))).toMatchObject({ state: 'partial' })
  })

  test('of PAM has the level that the tool gave, whatever its limits are', () => {
    const form = formOf('patient-activation')
    const levels = allQuestions(form.items).find(({ linkId }) => linkId === 'level')?.options ?? []
    for (const [at, { answer }] of levels.entries())
      expect(
        scoreOf(form, entered('patient-activation', { score: [51.4], level: [answer] })),
      ).toMatchObject({ value: 51.4, band: { code: `pam-level-${at + 1}` } })
    expect(scoreOf(form, entered('patient-activation', { score: [51.4] }))).toMatchObject({
      ...{ state: 'partial', missing: [{ linkId: 'level' }] },
    })
  })

  test('of EQ-5D-5L keeps the state, the index and the scale', () => {
    const answers = entered('eq-5d-5l', { score: [0.73], state: ['21232'], vas: [65] })
    expect(scoreOf(formOf('eq-5d-5l'), answers)).toMatchObject({
      ...{ value: 0.73, band: { code: 'below-full' }, parts: [{ value: '21232' }, { value: 65 }] },
    })
    const wrong = entered('eq-5d-5l', { score: [0.73], state: ['21236'], vas: [65] })
    expect(scoreOf(formOf('eq-5d-5l'), wrong)).toMatchObject({ state: 'partial' })
  })

  test('shows no words of its instrument', () => {
    const texts = library
      .filter(({ licence }) => licence === 'score-only')
      .flatMap(({ id }) => allQuestions(formOf(id).items).map(({ linkId }) => linkId))
    expect([...new Set(texts)].toSorted()).toEqual([
      ...['assessor', 'day', 'level', 'note', 'score', 'state', 'vas', 'version', 'where'],
    ])
  })
})

describe('The change of a score', () => {
  const phq9 = { better: 'lower', change: { by: 5, source: 'a paper', verified: false } } as const
  test.each([
    [7, 12, { by: 5, way: 'worse', matters: true }],
    [7, 11, { by: 4, way: 'worse', matters: false }],
    [12, 7, { by: -5, way: 'better', matters: true }],
    [12, 8, { by: -4, way: 'better', matters: false }],
    [7, 7, { by: 0, way: 'same', matters: false }],
  ])('from %i to %i of PHQ-9 says its way, and whether it matters', (before, now, expected) => {
    expect(scoreChange(phq9, before, now)).toEqual(expected)
  })
  test('of a score where more is better goes the other way, and does not matter or not where nobody has said', () => {
    expect(scoreChange({ better: 'higher' }, 0.6, 0.7)).toEqual({ by: 0.1, way: 'better' })
    expect(scoreChange({ better: 'higher' }, 3, 1)).toEqual({ by: -2, way: 'worse' })
  })
})
