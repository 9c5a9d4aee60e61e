import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { beforeAll, expect, test } from 'vitest'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { said, scale, scoreOn, sdcQuestionnaire, total } from '#test-support/worlds/sdc-form.ts'
import { loadFhirPath } from './expressions/load-fhir-path.ts'
import { workOut } from './expressions/work-out.ts'
import { gaitSpeed } from './instruments/shipped/gait-speed.ts'
import { timedUpAndGo } from './instruments/shipped/timed-up-and-go.ts'
import { publishProblems } from './publish/publish-problems.ts'
import { scoreOf } from './score.ts'

const sum = "%resource.item.where(linkId = 'a').answer.value.weight().sum()"
const formWith = (when: string) =>
  sdcQuestionnaire([scale('a'), total(sum)], {
    extension: [
      scoreOn('total', [
        ['urgent', 0, 3, when],
        ['low', 0, 3],
      ]),
    ],
  })
const answered = (...codes: readonly ('none' | 'much')[]): QuestionnaireResponse => ({
  ...{ resourceType: 'QuestionnaireResponse', status: 'completed' },
  item: codes.map((each) => ({
    ...{ linkId: 'a', answer: said(each).map((valueCoding) => ({ valueCoding })) },
  })),
})
const scoreWith = (when: string, response = answered('much')) => {
  const { form, answers } = workOut(formFromFhir(formWith(when)), fromResponse(response), {
    day: '2026-03-01',
  })
  return scoreOf(form, answers)
}

beforeAll(async () => {
  await loadFhirPath()
})

test('a band whose condition fails gives no score, never the next band', () => {
  expect(scoreWith('%resource.foo().exists()')).toMatchObject({
    ...{ state: 'failed', why: { kind: 'failed', detail: expect.stringContaining('foo') } },
  })
  expect(scoreWith("'text'")).toMatchObject({ state: 'failed', why: { kind: 'wrong-kind' } })
  expect(scoreWith('1 = 2')).toMatchObject({ state: 'complete', band: { code: 'low' } })
  expect(scoreWith('1 = 1')).toMatchObject({ state: 'complete', band: { code: 'urgent' } })
})

test('a pattern is refused, and does not hold up anybody', () => {
  const pattern = `'${'a'.repeat(40)}!'.matches('^(a+)+$')`
  const words = 'a pattern can hold up everybody'
  expect(scoreWith(pattern)).toMatchObject({ why: { detail: expect.stringContaining(words) } })
  const quoted = pattern.replace('matches', '`matches`')
  expect(scoreWith(quoted)).toMatchObject({ why: { detail: expect.stringContaining(words) } })
  expect(scoreWith(`${'1 + '.repeat(2000)}1 = 1`)).toMatchObject({
    why: { detail: expect.stringContaining('longer than 4000') },
  })
})

test.each([
  ['matchesFull', "'a'.matchesFull('a')", 'pattern'],
  ['replaceMatches', "'a'.replaceMatches('a', 'b') = 'b'", 'pattern'],
  ['an unknown function', '%resource.foo().exists()', 'foo() is not known'],
  ['repeat() over what it makes itself', "'a'.repeat($this & 'a').exists()", 'without end'],
  ['repeat() in backticks', "'a'.`repeat`($this & 'a').exists()", 'without end'],
  ['aggregate()', "(1 | 2).aggregate($total & $total, 'a') = 'a'", 'grow without end'],
  ['defineVariable()', "defineVariable('x', 'a').exists()", 'grow without end'],
  ['seven select() in a row', `'a'${'.select($this & $this)'.repeat(7)} = 'a'`, 'more than 6'],
  [
    'four functions in one another',
    '%resource.item.where(%resource.item.where(%resource.item.where(item.where(true).exists()).empty()).empty()).empty()',
    'more than 3 deep',
  ],
])('a form with %s is not published', async (_name, when, words) => {
  const { faultInFhirPath } = await loadFhirPath()
  const problems = publishProblems(formWith(when), faultInFhirPath)
  expect(problems.map((each) => each.words).join()).toContain(words)
  const fine = publishProblems(formWith("'abc'.contains('b')"), faultInFhirPath)
  expect(fine.filter(({ severity }) => severity === 'error')).toEqual([])
})

test('repeat over the items of a form is worked out', async () => {
  const { faultInFhirPath } = await loadFhirPath()
  for (const step of ['item', 'item | answer.item', 'answer.item'])
    expect(
      faultInFhirPath(`%resource.repeat(${step}).where(linkId = 'a').exists()`),
    ).toBeUndefined()
})

test('two answers to one question are no answer', () => {
  expect(scoreWith('1 = 1', answered('none', 'much'))?.state).not.toBe('complete')
})

test('the limits of walking decide over what was measured, not over what was rounded', () => {
  const speed = (metres: number, seconds: number) =>
    gaitSpeed.rule?.workOut?.({ metres: [metres], seconds: [seconds] })
  expect(speed(4, 5.04)).toEqual({ value: 0.79, band: 'slow' })
  expect(speed(4, 5)).toEqual({ value: 0.8, band: 'not-slow' })
  expect(speed(4, 5.001)).toEqual({ value: 0.79, band: 'slow' })
  const up = (seconds: number) => timedUpAndGo.rule?.workOut?.({ seconds: [seconds] })?.band
  expect([10, 10.04, 11.96, 12].map(up)).toEqual([
    ...['within-10', 'over-10', 'over-10', 'twelve-or-more'],
  ])
})
