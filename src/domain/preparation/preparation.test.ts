import { describe, expect, test } from 'vitest'
import type { Who } from '#domain/plan/plan.ts'
import {
  askedQuestions,
  type Preparation,
  preparationIdFor,
  preparedFor,
  unanswered,
} from './preparation.ts'
import { preparationKind } from './preparation-fhir.ts'

const grace: Who = { reference: 'Patient/g', name: 'Grace', voice: 'person' }
const chidi: Who = { reference: 'RelatedPerson/c', name: 'Chidi', voice: 'carer' }

const prepared = (id: string, by: Who, more: Partial<Preparation> = {}): Preparation => ({
  ...{ id, person: 'g', plan: 'p', forDay: '2026-03-12', by, saidBy: by },
  asks: [`A question of ${by.name}`],
  answers: {},
  written: { by, at: '2026-03-01T10:00:00Z' },
  ...more,
})

describe('Questions that people prepared', () => {
  const answer = {
    ...{ id: 'a', person: 'g', preparation: 'c', question: ' a  QUESTION of chidi ' },
    ...{ words: 'Yes', by: grace, at: '2026-03-02T10:00:00Z' },
  }

  test('come with the person’s own first, and stay until they are answered in words', () => {
    const both = [prepared('c', chidi), prepared('g', grace)]
    expect(askedQuestions(both, []).map(({ question }) => question)).toEqual([
      'A question of Grace',
      'A question of Chidi',
    ])
    const left = unanswered(askedQuestions(both, [answer]))
    expect(left.map(({ question }) => question)).toEqual(['A question of Grace'])
  })

  test('are not answered by an answer to another preparation', () => {
    const other = { ...answer, preparation: 'elsewhere' }
    expect(unanswered(askedQuestions([prepared('c', chidi)], [other]))).toHaveLength(1)
  })
})

describe('What was prepared for the next conversation', () => {
  const before = { at: '2026-02-20T10:00:00Z', kept: '2026-02-20T10:01:00Z' }
  const after = { at: '2026-03-12T10:00:00Z', kept: '2026-03-12T10:01:00Z' }
  const one = prepared('g', grace, { kept: '2026-03-01T10:01:00Z' })
  test.each([
    ['nothing held', [], 1],
    ['one held before it was written', [before], 1],
    ['one held since', [before, after], 0],
    ['a clock that is wrong', [{ ...after, kept: '2026-02-20T10:01:00Z' }], 1],
    ['a review that is not sent yet', [{ at: after.at }], 0],
  ])('is told from what was said before: %s', (_what, held, count) => {
    expect(preparedFor([one], held)).toHaveLength(count)
  })
})

test('A preparation is the same after FHIR and back, and keeps what it does not know', () => {
  const whole = prepared('g', grace, {
    answers: { worry: 'The stairs', if: 'Stay at home' },
    confident: 0,
    supportedBy: { reference: '', name: 'Chidi', voice: 'carer' },
  })
  const onto = { ...preparationKind.toFhir(whole), language: 'en' }
  const again = preparationKind.toFhir({ ...whole, confident: 3 }, onto)
  expect(again).toMatchObject({ language: 'en' })
  expect(preparationKind.fromFhir(preparationKind.toFhir(whole))).toEqual(whole)
})

test('Ids of preparations are different for a person and a carer, and never too long', () => {
  const id = 'x'.repeat(64)
  expect(preparationIdFor(`Patient/${id}`, '2026-03-12')).toHaveLength(64)
  expect(preparationIdFor('Patient/a', '2026-03-12')).toBe('prepare-a-20260312')
  expect(preparationIdFor('RelatedPerson/a', '2026-03-12')).toBe('prepare-c-a-20260312')
})
