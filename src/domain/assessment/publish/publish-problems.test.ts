import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import {
  asksRecord,
  calculated,
  constraint,
  enableWhen,
  initially,
  scale,
  scoreOn,
  sdcQuestionnaire,
  total,
  variable,
} from '#test-support/worlds/sdc-form.ts'
import { publishProblems } from './publish-problems.ts'

let faultInPath: (text: string) => string | undefined
beforeAll(async () => {
  faultInPath = (await loadFhirPath()).faultInFhirPath
})

const saidOf = (questionnaire: Questionnaire) =>
  publishProblems({ copyright: 'Ours', ...questionnaire }, faultInPath).map(
    ({ severity, linkId, words }) => `${severity} ${linkId ?? 'whole'}: ${words}`,
  )
const note: QuestionnaireItem = { linkId: 'note', type: 'string', text: 'A note' }
const sum = "%resource.item.where(linkId = 'a').answer.value.weight().sum()"
const bands = [
  ['low', 0, 1],
  ['high', 2, 3],
] as const

test('A questionnaire that can be published has nothing said against it', () => {
  const own = sdcQuestionnaire([scale('a'), total(sum), note], {
    extension: [
      scoreOn('total', bands),
      constraint('Say more.', "%context.item.where(linkId = 'note').exists()"),
    ],
  })
  expect(saidOf(own)).toEqual([])
})

describe('Of the whole it is said', () => {
  test.each<[string, Partial<Questionnaire>]>([
    ['error whole: It has no address (url), such as https://example.org/falls.', { url: 'falls' }],
    ['error whole: It has no version. Answers name the version they are of.', { version: '' }],
    ['error whole: The version may not contain “|”.', { version: '1|2' }],
    ['error whole: It has no title.', { title: '' }],
    ['error whole: It asks nothing: there are no items.', { item: [] }],
    ['error whole: It is not about a person (subjectType).', { subjectType: ['Device'] }],
    [
      'warning whole: It does not say who may use it (copyright). Check that you may.',
      { copyright: '' },
    ],
  ])('%s', (words, more) => {
    expect(saidOf(sdcQuestionnaire([note], more))).toEqual([words])
  })
})

describe('Of a question it is said', () => {
  const q = (more: Partial<QuestionnaireItem>): QuestionnaireItem[] => [{ ...note, ...more }]
  const hl7 = 'http://hl7.org/fhir/StructureDefinition/'
  test.each<[string, QuestionnaireItem[]]>([
    [
      'warning note: A question of the type attachment cannot be answered here.',
      q({ type: 'attachment' }),
    ],
    [
      'error note: A question of the type attachment cannot be answered here. It is required.',
      q({ type: 'attachment', required: true }),
    ],
    ['error note: The question has no words (text).', q({ text: '' })],
    [
      'error note: It has no options. A list of answers elsewhere (answerValueSet) is not read.',
      q({ type: 'choice', answerValueSet: 'http://vs' }),
    ],
    ['warning note: It has no unit: only a number is asked.', q({ type: 'quantity' })],
    [
      'warning note: A reference is asked as text: it links to no record.',
      q({ type: 'reference' }),
    ],
    [
      'error note: It depends on the question “x”, which is not here.',
      q({ enableWhen: [{ question: 'x', operator: 'exists', answerBoolean: true }] }),
    ],
    ['error a~b: The linkId may not contain “~”.', q({ linkId: 'a~b' })],
    ['error note: Two questions have this linkId.', [note, note]],
    [
      'warning note: It checks how an answer is written (regex): this is not supported.',
      q({ extension: [{ url: `${hl7}regex`, valueString: '.' }] }),
    ],
  ])('%s', (words, item) => {
    expect(saidOf(sdcQuestionnaire(item))).toEqual([words])
  })
})

const limited = (min: number, max: number): QuestionnaireItem => ({
  ...{ linkId: 'typed', type: 'integer', text: 'Typed' },
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: min },
    { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: max },
  ],
})

test.each<[number, number, string[]]>([
  [0, 3, []],
  [-1, 3, ['error typed: -1 is allowed, and has no band: a value has no meaning.']],
  [0, 4, ['error typed: 4 is allowed, and has no band: a value has no meaning.']],
])('A score may be from %d to %d only where each of them has a band', (min, max, words) => {
  const form = sdcQuestionnaire([limited(min, max)], { extension: [scoreOn('typed', bands)] })
  expect(saidOf(form)).toEqual(words)
})

describe('Of an expression it is said', () => {
  const on = (...extension: Extension[]): QuestionnaireItem[] => [{ ...note, extension }]
  test.each<[string, QuestionnaireItem[], Extension[]?]>([
    [
      'error note: The calculated value: it names the question “x”, which is not here.',
      on(calculated("%resource.item.where(linkId = 'x').answer.value")),
    ],
    [
      'error note: The condition for asking: it names %nowhere, which is not known here.',
      on(enableWhen('%nowhere')),
    ],
    [
      'error note: The calculated value: today() gives another result every day. Use %today.',
      on(calculated('today().toString()')),
    ],
    [
      'error note: The first answer: it is written in text/cql, not in FHIRPath.',
      on({ ...initially('1'), valueExpression: { language: 'text/cql', expression: '1' } }),
    ],
    [
      'error note: A rule has no words (human) to show when it is broken.',
      on(constraint('', 'true')),
    ],
    [
      'error note: The calculated value asks the record. Only a first answer may do that.',
      on(calculated('%weight.entry.count().toString()')),
      [asksRecord('weight', 'Observation?patient={{%patient.id}}&code=x')],
    ],
    [
      'error whole: The variable %weight asks the record in a way that is not understood. Use Observation?patient={{%patient.id}}&code=… with _sort and _count.',
      on(initially('%weight.entry.count().toString()')),
      [asksRecord('weight', 'Condition?patient={{%patient.id}}')],
    ],
    [
      'error whole: The variable %twice: it names %once, which is not known here.',
      on(calculated('%twice')),
      [variable('twice', '%once')],
    ],
  ])('%s', (words, item, extension = []) => {
    expect(saidOf(sdcQuestionnaire(item, { extension }))).toEqual([words])
  })

  test('where it cannot be read', () => {
    expect(saidOf(sdcQuestionnaire(on(calculated('foo('))))).toEqual([
      expect.stringMatching(/^error note: The calculated value: it cannot be read \(line: 1/),
    ])
  })
})

describe('Of a score it is said', () => {
  const scored = (...extension: Extension[]) =>
    sdcQuestionnaire([scale('a'), total(sum), note], { extension })
  const twice = [scoreOn('total', bands), scoreOn('total', bands)]
  test.each<[string, Questionnaire]>([
    ['error whole: The score is the question “x”, which is not here.', scored(scoreOn('x', bands))],
    ['error note: A score is a whole number or a decimal.', scored(scoreOn('note', bands))],
    [
      'error total: The score needs “x”, which is not here.',
      scored(scoreOn('total', bands, [{ url: 'needs', valueString: 'x' }])),
    ],
    [
      'error total: The bands “low” and “high” overlap.',
      scored(
        scoreOn('total', [
          ['low', 0, 2],
          ['high', 2, 3],
        ]),
      ),
    ],
    [
      'error total: Between the bands “low” and “high” a value has no meaning.',
      scored(
        scoreOn('total', [
          ['low', 0, 1],
          ['high', 3, 3],
        ]),
      ),
    ],
    ['error whole: Two scores have the same code.', scored(...twice)],
    [
      'error whole: A score lacks a part: it needs item, code (with system and display), source, and at least one band.',
      scored(scoreOn('total', [])),
    ],
  ])('%s', (words, questionnaire) => {
    expect(saidOf(questionnaire)).toContain(words)
  })

  test('that is asked several times', () => {
    const rounds = sdcQuestionnaire(
      [
        {
          linkId: 'g',
          type: 'group',
          repeats: true,
          item: [{ linkId: 'n', type: 'integer', text: 'N' }],
        },
      ],
      { extension: [scoreOn('n', bands)] },
    )
    expect(saidOf(rounds)).toEqual(['error n: A score cannot be asked several times.'])
  })
})
