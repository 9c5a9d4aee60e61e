import type { Goal, Observation } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { earlierWords } from '#domain/fhir/references-and-extensions.ts'
import { keptWords, WordsOfAnotherError, type Writer } from './whose-words.ts'

const url = (name: string) => `https://gable.example/fhir/${name}`
const grace = { reference: 'Patient/grace', display: 'Grace Okafor' }
const chidi = { reference: 'RelatedPerson/chidi', display: 'Chidi Okafor' }
const amina = { reference: 'Practitioner/amina', display: 'Amina Yusuf' }
const at = '2026-03-02T09:00:00Z'
const writer = ({ reference, display }: typeof grace, voice: Writer['who']['voice']): Writer => ({
  names: [reference],
  ...{ who: { reference, name: display, voice }, at },
})
const nurse = writer(amina, 'professional')
const person = writer(grace, 'person')
const program: Writer = {
  names: [],
  who: { reference: '', name: 'Laboratory', voice: 'professional' },
  at,
}

const helped = (who: object) => ({ url: url('supported-by'), valueReference: who })
const goal = (text: string, more: Partial<Goal> = {}): Goal & { id: string } => ({
  ...{ resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', subject: grace },
  ...{ description: { text }, expressedBy: grace },
  ...more,
})
const personsGoal = goal('To walk to church', { extension: [helped(chidi)] })

test('a nurse who overwrites a person’s words is their author, and the old words are kept', () => {
  const kept = keptWords(
    goal('To sit in the garden', { extension: [helped(chidi)] }),
    personsGoal,
    nurse,
  )
  expect(kept.expressedBy).toEqual(amina)
  expect(kept.extension?.some((each) => each.url === url('supported-by'))).toBe(false)
  expect(earlierWords(kept)).toMatchObject({
    ...{
      words: 'To walk to church',
      by: { name: 'Grace Okafor' },
      helper: { name: 'Chidi Okafor' },
    },
  })
})

test('the old words are kept through further changes until the person writes them again', () => {
  const first = keptWords(goal('To sit'), personsGoal, nurse)
  const forged = { url: url('earlier-words'), extension: [{ url: 'words', valueString: 'x' }] }
  const second = keptWords(
    { ...first, description: { text: 'To rest' }, extension: [forged] },
    first,
    nurse,
  )
  expect(earlierWords(second)?.words).toBe('To walk to church')
  const scored = keptWords({ ...second, extension: [], lifecycleStatus: 'on-hold' }, second, nurse)
  expect(earlierWords(scored)?.words).toBe('To walk to church')
  const reworded = keptWords(
    { ...second, description: { text: 'To walk' }, expressedBy: grace },
    second,
    person,
  )
  expect([reworded.expressedBy, earlierWords(reworded)]).toEqual([grace, undefined])
  expect(
    earlierWords(keptWords(goal('new', { extension: [forged] }), undefined, nurse)),
  ).toBeUndefined()
})

test('words written down for a person have both names, and the old words are kept', () => {
  const kept = keptWords(goal('To sit', { extension: [helped(amina)] }), personsGoal, nurse)
  expect([kept.expressedBy, earlierWords(kept)?.words]).toEqual([grace, 'To walk to church'])
  const created = keptWords(goal('To sit'), undefined, nurse)
  expect(created.extension).toEqual([helped(amina)])
})

test.each([
  [
    'the reason for the goal',
    { extension: [helped(chidi), { url: url('why-it-matters'), valueString: 'x' }] },
  ],
  ['a note', { extension: [helped(chidi)], note: [{ text: 'x' }] }],
  ['the author', { extension: [helped(chidi)], expressedBy: chidi }],
] as const)('a change of %s counts as a change of words', (_what, more) => {
  expect(
    keptWords(goal('To walk to church', more as never), personsGoal, nurse).expressedBy,
  ).toEqual(amina)
})

test('a change of status or of a name changes nobody’s words', () => {
  const kept = keptWords({ ...personsGoal, lifecycleStatus: 'completed' }, personsGoal, nurse)
  expect(kept).toEqual({ ...personsGoal, lifecycleStatus: 'completed' })
})

test('the person may overwrite a nurse’s words and is then their author', () => {
  const theirs = goal('Lose weight', { expressedBy: amina })
  const kept = keptWords(goal('Eat well', { expressedBy: amina }), theirs, person)
  expect([kept.expressedBy, earlierWords(kept)]).toEqual([grace, undefined])
})

test('a program overwrites nobody’s words', () => {
  expect(() => keptWords(goal('Lose weight'), personsGoal, program)).toThrow(WordsOfAnotherError)
  expect(
    keptWords({ ...personsGoal, lifecycleStatus: 'completed' }, personsGoal, program),
  ).toBeDefined()
})

test('needs and About me follow the same rule', () => {
  const code = { coding: [{ system: 'http://snomed.info/sct', code: '1515861000000103' }] }
  const about: Observation = {
    resourceType: 'Observation',
    id: 'a',
    status: 'final',
    code,
    performer: [grace],
    valueString: 'My garden',
  }
  const kept = keptWords({ ...about, valueString: 'Her cat' }, about, nurse)
  expect([kept.performer, earlierWords(kept)?.words]).toEqual([[amina], 'My garden'])
  const category = [{ coding: [{ code: 'health-concern' }] }]
  const need = {
    resourceType: 'Condition' as const,
    id: 'n',
    subject: grace,
    category,
    asserter: grace,
    code: { text: 'The step' },
  }
  const written = keptWords({ ...need, code: { text: 'Falls' } }, need, nurse)
  const filed = keptWords({ ...need, category: [], code: { text: 'Falls' } }, need, nurse)
  expect(filed.asserter, 'filed as something else').toEqual(amina)
  expect([written.asserter, earlierWords(written as { extension?: [] })?.words]).toEqual([
    amina,
    'The step',
  ])
})

test('the server sets the writer’s name, and a client cannot forge or remove it', () => {
  const mark = (who: object) => ({
    url: url('written'),
    extension: [
      { url: 'by', valueReference: who },
      { url: 'at', valueDateTime: at },
    ],
  })
  const by = (kept: Goal) =>
    kept.extension?.find((each) => each.url === url('written'))?.extension?.[0]?.valueReference
  expect(by(keptWords(goal('x', { extension: [mark(grace)] }), undefined, nurse))).toEqual(amina)
  const stood = goal('x', { expressedBy: amina, extension: [mark(grace)] })
  expect(by(keptWords({ ...stood, description: { text: 'y' } }, stood, nurse))).toEqual(amina)
  expect(by(keptWords({ ...stood, extension: [] }, stood, nurse)), 'taken off').toEqual(amina)
  expect(by(keptWords({ ...stood, lifecycleStatus: 'completed' }, stood, nurse))).toEqual(grace)
})
