import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers } from '#domain/assessment/form.ts'
import { toResponse } from '#domain/assessment/response.ts'
import { ruleFor, scoreOf } from '#domain/assessment/score.ts'
import { scoreOfResponse } from '#domain/assessment/scored-response.ts'
import { library, scoreRules } from './library.ts'
import { libraryQuestionnaires } from './library-questionnaires.ts'

const formOf = (id: string) => {
  const found = libraryQuestionnaires.find((each) => each.id === id)
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
        if (next) expect(next.from - band.to).toBeLessThanOrEqual(1)
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
  ])('%s of %i is %s', (id, total, code) => {
    const answers = adding(id, total)
    const expected = { state: 'complete', value: total, band: { code } }
    expect(scoreOf(formOf(id), answers)).toMatchObject(expected)
    expect(scoreOfResponse(responseTo(id, answers))).toMatchObject(expected)
  })

  test.each(['phq-2', 'gad-7', 'ucla-3', '4at'])(
    '%s with one answer missing has no score, and says which is missing',
    (id) => {
      const [first = '', ...rest] = ruleFor(formOf(id))?.items ?? []
      const answers = { ...adding(id, 6), [first]: [] }
      expect(scoreOf(formOf(id), answers)).toMatchObject({
        ...{ state: 'partial', answered: rest.length, missing: [{ linkId: first }] },
      })
      expect(scoreOfResponse(responseTo(id, answers))).toBeUndefined()
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
    [10.04, 'within-10'],
    [10.1, 'over-10'],
    [11.9, 'over-10'],
    [12, 'twelve-or-more'],
    [12.1, 'twelve-or-more'],
    [600, 'twelve-or-more'],
  ])('%s seconds is %s', (seconds, code) => {
    const answers = { done: [true], seconds: [seconds] }
    expect(scoreOf(formOf('timed-up-and-go'), answers)).toMatchObject({ band: { code } })
    expect(scoreOfResponse(responseTo('timed-up-and-go', answers))).toMatchObject({
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
