import type { Questionnaire, QuestionnaireItem, QuestionnaireResponse } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { answerProblemsIn } from './answer-problems.ts'
import { answerTyped } from './answer-typed.ts'
import { enabledIds } from './enabled.ts'
import { formFromFhir } from './fhir.ts'
import { type Answer, answerTexts, type FormAnswers } from './form.ts'
import { fromResponse, toResponse } from './response.ts'

const form = (...item: QuestionnaireItem[]) =>
  formFromFhir({
    resourceType: 'Questionnaire',
    status: 'active',
    url: 'https://example.org/q',
    version: '2',
    item,
  } satisfies Questionnaire)

const asks = (
  operator: NonNullable<QuestionnaireItem['enableWhen']>[number]['operator'],
  answer: object,
) =>
  form(
    { linkId: 'a', type: 'open-choice', repeats: true, text: 'A' },
    { linkId: 'b', type: 'string', enableWhen: [{ question: 'a', operator, ...answer }] },
  )

describe('A question is asked when its condition holds', () => {
  const red = { system: 's', code: 'r', display: 'Red' }
  test.each<[string, Parameters<typeof asks>, readonly Answer[], boolean]>([
    ['exists, and there is an answer', ['exists', { answerBoolean: true }], ['x'], true],
    ['exists, and there is none', ['exists', { answerBoolean: true }], [], false],
    ['exists, and only an empty text is there', ['exists', { answerBoolean: true }], [''], false],
    ['does not exist, and there is none', ['exists', { answerBoolean: false }], [], true],
    ['does not exist, and there is one', ['exists', { answerBoolean: false }], ['x'], false],
    ['equal code', ['=', { answerCoding: { system: 's', code: 'r' } }], [red], true],
    [
      'equal code of another system',
      ['=', { answerCoding: { system: 't', code: 'r' } }],
      [red],
      false,
    ],
    ['equal to one of several', ['=', { answerString: 'y' }], ['x', 'y'], true],
    ['equal, without an answer', ['=', { answerString: 'y' }], [], false],
    ['not equal', ['!=', { answerString: 'y' }], ['x'], true],
    ['not equal, but one is', ['!=', { answerString: 'y' }], ['x', 'y'], false],
    ['not equal, without an answer', ['!=', { answerString: 'y' }], [], true],
    ['greater, at the limit', ['>', { answerInteger: 6 }], [6], false],
    ['greater, above the limit', ['>', { answerInteger: 6 }], [7], true],
    ['less, at the limit', ['<', { answerInteger: 6 }], [6], false],
    ['less, below the limit', ['<', { answerInteger: 6 }], [5], true],
    ['at least, at the limit', ['>=', { answerInteger: 6 }], [6], true],
    ['at most, at the limit', ['<=', { answerInteger: 6 }], [6], true],
    ['at most, without an answer', ['<=', { answerInteger: 6 }], [], false],
    ['later date', ['>', { answerDate: '2026-01-01' }], ['2026-02-01'], true],
    ['a number against words', ['>', { answerInteger: 6 }], ['seven'], false],
  ])('%s', (_title, condition, given, asked) => {
    expect(enabledIds(asks(...condition), { a: given }).has('b')).toBe(asked)
  })
})

describe('Conditions together', () => {
  const two = (enableBehavior: 'all' | 'any') =>
    form(
      { linkId: 'a', type: 'boolean' },
      { linkId: 'b', type: 'boolean' },
      {
        linkId: 'c',
        type: 'string',
        enableBehavior,
        enableWhen: [
          { question: 'a', operator: '=', answerBoolean: true },
          { question: 'b', operator: '=', answerBoolean: true },
        ],
      },
    )
  test('all needs both', () => {
    expect(enabledIds(two('all'), { a: [true], b: [false] }).has('c')).toBe(false)
    expect(enabledIds(two('all'), { a: [true], b: [true] }).has('c')).toBe(true)
  })
  test('any needs one', () => {
    expect(enabledIds(two('any'), { a: [true], b: [false] }).has('c')).toBe(true)
  })
  test('the answer to a question that is no longer asked does not count', () => {
    const chain = form(
      { linkId: 'a', type: 'boolean' },
      {
        linkId: 'b',
        type: 'boolean',
        enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
      },
      {
        linkId: 'c',
        type: 'string',
        enableWhen: [{ question: 'b', operator: '=', answerBoolean: true }],
      },
    )
    expect(enabledIds(chain, { a: [true], b: [true] }).has('c')).toBe(true)
    expect(enabledIds(chain, { a: [false], b: [true] }).has('c')).toBe(false)
  })
  test('a group that is not asked hides its items', () => {
    const grouped = form(
      { linkId: 'a', type: 'boolean' },
      {
        linkId: 'g',
        type: 'group',
        enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
        item: [{ linkId: 'g1', type: 'string' }],
      },
    )
    expect(enabledIds(grouped, {}).has('g1')).toBe(false)
    expect(enabledIds(grouped, { a: [true] }).has('g1')).toBe(true)
  })
  test('circular conditions end, and their questions are asked', () => {
    const circle = form(
      {
        linkId: 'a',
        type: 'string',
        enableWhen: [{ question: 'b', operator: 'exists', answerBoolean: true }],
      },
      {
        linkId: 'b',
        type: 'string',
        enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }],
      },
    )
    expect(enabledIds(circle, { a: ['x'], b: ['y'] }).size).toBe(2)
  })
})

describe('Problems that prevent finishing a questionnaire', () => {
  const min = { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 0 }
  const max = { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 10 }
  const asked = form(
    { linkId: 'must', type: 'string', required: true, maxLength: 5 },
    { linkId: 'number', type: 'integer', extension: [min, max] },
    { linkId: 'day', type: 'date' },
    { linkId: 'fixed', type: 'string', required: true, readOnly: true },
    {
      linkId: 'hidden',
      type: 'string',
      required: true,
      enableWhen: [{ question: 'number', operator: '=', answerInteger: 3 }],
    },
  )
  test.each<[string, FormAnswers, readonly string[]]>([
    ['no answers', {}, ['must missing']],
    ['a question that an answer enables', { must: ['x'], number: [3] }, ['hidden missing']],
    ['all answers given', { must: ['x'], number: [10], day: ['2024-02-29'] }, []],
    ['below the lowest', { must: ['x'], number: [-1] }, ['number too-low']],
    ['above the highest', { must: ['x'], number: [11] }, ['number too-high']],
    ['a fraction', { must: ['x'], number: [2.5] }, ['number not-a-whole-number']],
    ['words for a number', { must: ['x'], number: ['ten'] }, ['number not-a-whole-number']],
    ['a day that does not exist', { must: ['x'], day: ['2026-02-30'] }, ['day not-a-date']],
    ['a year alone', { must: ['x'], day: ['2026'] }, []],
    ['a text that is too long', { must: ['abcdef'] }, ['must too-long']],
  ])('%s', (_title, answers, problems) => {
    expect(
      answerProblemsIn(asked, answers).map((each) => `${each.question.linkId} ${each.kind}`),
    ).toEqual(problems)
  })
})

test('Answers read the same from FHIR, without those to questions that are not asked', () => {
  const asked = form(
    {
      linkId: 'g',
      type: 'group',
      item: [
        { linkId: 'yes', type: 'boolean', item: [{ linkId: 'why', type: 'text' }] },
        { linkId: 'size', type: 'decimal' },
        {
          linkId: 'who',
          type: 'open-choice',
          repeats: true,
          answerOption: [{ valueString: 'me' }],
        },
      ],
    },
    {
      linkId: 'hidden',
      type: 'string',
      enableWhen: [{ question: 'yes', operator: '=', answerBoolean: false }],
    },
  )
  const answers: FormAnswers = {
    yes: [true],
    why: ['because'],
    size: [1.5],
    who: ['me', { display: 'x', code: 'c' }],
    hidden: ['left over'],
  }
  const response = toResponse({
    id: 'r',
    form: asked,
    answers,
    status: 'completed',
    person: 'p',
    author: { reference: 'Practitioner/a' },
    authored: '2026-11-22T10:00:00Z',
  })
  const { hidden: _left, ...kept } = answers
  expect(fromResponse(response)).toEqual(kept)
  expect(response.questionnaire).toBe('https://example.org/q|2')
  expect(response.item?.[0]?.item?.[0]?.answer?.[0]?.item?.[0]?.linkId).toBe('why')
})

test.each([
  ['4.50', '4.50'],
  ['4,50', '4.50'],
  ['-0.0', '-0.0'],
  ['007.0', '7.0'],
  ['5', '5'],
])('A number typed as %s is kept and shown as %s', (typed, kept) => {
  const response = toResponse({
    ...{
      id: 'r',
      form: form({ linkId: 'size', type: 'decimal' }),
      status: 'completed',
      person: 'p',
    },
    ...{ answers: { size: answerTyped(typed) }, author: {}, authored: '2026-03-02T10:00:00Z' },
  })
  const written = exactJson(response)
  expect(written).toContain(`{"valueDecimal":${kept}}`)
  const { size = [] } = fromResponse(readExactly(written) as QuestionnaireResponse)
  expect(answerTexts(size)).toEqual([kept])
})

test('A question of an unsupported type is marked as unsupported', () => {
  const asked = form(
    { linkId: 'a', type: 'attachment', required: true },
    { linkId: 'b', type: 'choice', answerValueSet: 'x' },
  )
  expect(asked.items.map((each) => each.type)).toEqual(['unsupported', 'unsupported'])
})
