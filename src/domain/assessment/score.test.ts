import { describe, expect, test } from 'vitest'
import { loincSystem } from '#domain/fhir/codes.ts'
import type { Form, FormAnswers } from './form.ts'
import { answersFromRecord } from './from-record.ts'
import { instruments, phq9Answers, phq9Item9, phq9Items, prisma7Items } from './instruments.ts'
import { safetyConcern } from './safety/safety.ts'
import { scoreOf } from './score.ts'
import { hasSittingEnded, notRecordedOf } from './sitting.ts'

const plain = {
  required: true,
  repeats: false,
  readOnly: false,
  initial: [],
  enableWhen: [],
  enableBehavior: 'all',
  items: [],
} as const
const options = phq9Answers.map((each, ordinal) => ({
  answer: { system: loincSystem, ...each },
  ordinal,
}))

const phq9: Form = {
  ...instruments.phq9,
  title: 'PHQ-9',
  pendingSignOff: false,
  items: [
    ...phq9Items.map((linkId) => ({
      ...plain,
      linkId,
      type: 'choice' as const,
      writtenType: 'choice',
      text: linkId,
      options,
    })),
    { ...plain, linkId: '69722-7', type: 'choice', writtenType: 'choice', text: '', options },
  ],
}

const prisma7: Form = {
  ...instruments.prisma7,
  title: 'PRISMA-7',
  pendingSignOff: true,
  items: prisma7Items.map((linkId) => ({
    ...plain,
    linkId,
    type: 'boolean',
    writtenType: 'boolean',
    text: linkId,
    options: [],
  })),
}

/** Answers with this total, filled from the first item on. */
function adding(total: number): FormAnswers {
  let left = total
  return Object.fromEntries(
    phq9Items.map((linkId) => {
      const points = Math.min(3, left)
      left -= points
      return [linkId, [options[points]?.answer ?? '']]
    }),
  )
}

describe('The PHQ-9 score falls into the published bands', () => {
  test.each([
    [0, 'minimal'],
    [4, 'minimal'],
    [5, 'mild'],
    [9, 'mild'],
    [10, 'moderate'],
    [14, 'moderate'],
    [15, 'moderately-severe'],
    [19, 'moderately-severe'],
    [20, 'severe'],
    [27, 'severe'],
  ])('%i is %s', (total, band) => {
    expect(scoreOf(phq9, adding(total))).toMatchObject({
      state: 'complete',
      value: total,
      band: { code: band },
    })
  })

  test('the question about difficulty is not scored', () => {
    const score = scoreOf(phq9, { ...adding(7), '69722-7': [options[3]?.answer ?? ''] })
    expect(score).toMatchObject({ state: 'complete', value: 7 })
  })
})

describe('PRISMA-7 counts the answers yes', () => {
  test.each([
    [0, 'no-further-review'],
    [2, 'no-further-review'],
    [3, 'further-review'],
    [7, 'further-review'],
  ])('%i times yes is %s', (yes, band) => {
    const answers = Object.fromEntries(prisma7Items.map((linkId, index) => [linkId, [index < yes]]))
    expect(scoreOf(prisma7, answers)).toMatchObject({
      state: 'complete',
      value: yes,
      band: { code: band },
    })
  })
})

test('A questionnaire with an answer missing has no score but a list of what is missing', () => {
  const { '44250-9': _first, ...rest } = adding(12)
  const score = scoreOf(phq9, rest)
  expect(score).toMatchObject({
    state: 'partial',
    soFar: 9,
    answered: 8,
    missing: [{ linkId: '44250-9' }],
  })
  expect(score).not.toHaveProperty('value')
})

test('A version of a questionnaire without a rule has no score', () => {
  expect(scoreOf({ ...phq9, version: '9.9' }, adding(12))).toBeUndefined()
})

test('An answer without points counts as missing, not as zero', () => {
  expect(scoreOf(phq9, { ...adding(0), '44250-9': ['now and then'] })).toMatchObject({
    state: 'partial',
    answered: 8,
  })
})

describe('Item 9 raises a safety concern', () => {
  test.each([
    ['not at all', 0, undefined],
    ['several days', 1, 'phq-9-item-9'],
    ['more than half the days', 2, 'phq-9-item-9'],
    ['nearly every day', 3, 'phq-9-item-9'],
  ])('%s', (_words, points, code) => {
    const answers: FormAnswers = { [phq9Item9]: [options[points]?.answer ?? ''] }
    expect(safetyConcern(phq9, answers)?.code).toBe(code)
  })
  test('no answer raises no concern', () => expect(safetyConcern(phq9, {})).toBeUndefined())
  test('another version of the questionnaire raises it too', () => {
    expect(
      safetyConcern({ ...phq9, version: '2' }, { [phq9Item9]: [options[1]?.answer ?? ''] }),
    ).toBeDefined()
  })
  test('an answer without points raises it too', () => {
    expect(safetyConcern(phq9, { [phq9Item9]: [{ display: 'sometimes' }] })?.said).toBe('sometimes')
  })
})

describe('Answers kept from before a crash', () => {
  const typed = { id: 'one', answers: { b: ['2'], a: ['1'], c: [] } }
  const ended = { id: 'one', state: 'completed', answers: { a: ['1'], b: ['2'] } } as const

  test('fill no other assessment once their own has ended', () => {
    expect(hasSittingEnded(typed, [ended])).toBe(true)
    expect(hasSittingEnded(typed, [{ ...ended, id: 'two' }])).toBe(false)
    expect(hasSittingEnded(typed, [{ ...ended, state: 'draft' }])).toBe(false)
  })

  test('are shown as not recorded only when the record does not hold them', () => {
    expect(notRecordedOf(typed, [ended])).toBeUndefined()
    expect(notRecordedOf(typed, [{ ...ended, answers: { a: ['3'] } }])).toBe(typed)
    expect(notRecordedOf({ ...typed, answers: {} }, [ended])).toBeUndefined()
  })
})

describe('PRISMA-7 answers filled in from the record', () => {
  const { url } = instruments.prisma7
  test.each([
    ['86 today', '1940-03-02', 'female', { '1': [true], '2': [false] }],
    ['86 tomorrow', '1940-03-03', 'male', { '1': [false], '2': [true] }],
    ['born in a year that could be either', '1940', 'other', {}],
    ['born in a month that could be either', '1940-03', 'unknown', {}],
    ['born in a year that is certain', '1939', undefined, { '1': [true] }],
    ['without a date of birth', undefined, undefined, {}],
  ] as const)('for a person %s', (_, birthDate, gender, answers) => {
    expect(answersFromRecord(url, { birthDate, gender }, '2026-03-02')).toEqual(answers)
  })

  test('no other questionnaire is filled in', () => {
    const recorded = { birthDate: '1930-01-01', gender: 'male' } as const
    expect(answersFromRecord(instruments.phq9.url, recorded, '2026-03-02')).toEqual({})
  })
})
