import type { SeedRecord } from '#demo-data/seed-record.ts'
import { to } from '#demo-data/vocabulary/codes.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { type Answer, allQuestions, type Form, type FormAnswers } from '#domain/assessment/form.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { toResponse } from '#domain/assessment/response.ts'
import { scoresOf } from '#domain/assessment/score.ts'
import { addDays } from '#domain/calendar/days.ts'

type Facts = Readonly<{ id: string; asOf: string }>

const amina = to('Practitioner', 'amina-yusuf', 'Amina Yusuf')
const tom = to('Practitioner', 'tom-price', 'Tom Price')

/** One time that somebody was asked: `options` are places of answers in the order of the scored questions. */
type Asked = Readonly<{
  form: string
  ago: number
  by?: typeof amina
  options?: readonly number[]
  answers?: FormAnswers
}>

const formOf = (id: string): Form => {
  const found = libraryQuestionnaires.find((each) => each.id === id)
  if (!found) throw new Error(`The library has no ${id}`)
  return formFromFhir(found)
}

function answersOf(form: Form, { options = [], answers = {} }: Asked): FormAnswers {
  const choices = allQuestions(form.items).filter(({ type }) => type === 'choice')
  const chosen = options.flatMap((place, at) => {
    const question = choices[at]
    const option = question?.options[place]
    return question && option ? [[question.linkId, [option.answer]] as const] : []
  })
  return { ...Object.fromEntries(chosen), ...answers }
}

const option = (form: string, linkId: string, place: number): readonly Answer[] => {
  const question = allQuestions(formOf(form).items).find((each) => each.linkId === linkId)
  const found = question?.options[place]?.answer
  return found === undefined ? [] : [found]
}

function* recordsOf({ id, asOf }: Facts, asked: Asked): Generator<SeedRecord> {
  const form = formOf(asked.form)
  const answers = answersOf(form, asked)
  const day = addDays(asOf, -asked.ago)
  const by = asked.by ?? amina
  const response = `${asked.form}-${id}-${asked.ago}`
  const authored = `${day}T10:20:00Z`
  yield toResponse({
    ...{ id: response, form, answers, status: 'completed', person: id, author: by, authored },
  })
  for (const [place, score] of scoresOf(form, answers).entries())
    if (score.state === 'complete')
      yield toScoreObservation({
        ...{ id: scoreIdFor(response, place === 0 ? undefined : score.rule.item), response, score },
        ...{ person: id, by, at: authored },
      })
}

/** Grace over a year, as told in her plan: lower in spirits since the second fall, slower, and a little lonely. */
const ofGrace: readonly Asked[] = [
  { form: 'gad-7', ago: 270, options: [1, 1, 1, 0, 0, 0, 0] },
  { form: 'gad-7', ago: 94, options: [1, 1, 1, 1, 0, 0, 1] },
  { form: 'gad-7', ago: 9, options: [2, 1, 2, 1, 1, 0, 2] },
  { form: 'ucla-3', ago: 94, options: [1, 0, 1, 1] },
  {
    ...{ form: 'timed-up-and-go', ago: 188, by: tom },
    answers: { done: [true], seconds: [13.4], aid: ['Stick'] },
  },
  {
    ...{ form: 'timed-up-and-go', ago: 12, by: tom },
    answers: { done: [true], seconds: [17.2], aid: ['Stick, one pause at the turn'] },
  },
  {
    form: 'ons-4',
    ago: 94,
    answers: { satisfied: [7], worthwhile: [8], happy: [6], anxious: [3] },
  },
  { form: 'ons-4', ago: 9, answers: { satisfied: [6], worthwhile: [8], happy: [5], anxious: [6] } },
]

const frailty = (ago: number, level: number, asOf: string): Asked => ({
  ...{ form: 'clinical-frailty-scale', ago, by: tom },
  answers: {
    version: option('clinical-frailty-scale', 'version', 1),
    score: [level],
    day: [addDays(asOf, -ago)],
    assessor: ['Tom Price, physiotherapist'],
  },
})

const activation = (ago: number, score: number, level: number, asOf: string): Asked => ({
  ...{ form: 'patient-activation', ago },
  answers: {
    version: option('patient-activation', 'version', 0),
    score: [score],
    level: option('patient-activation', 'level', level - 1),
    day: [addDays(asOf, -ago)],
    assessor: ['Amina Yusuf, nurse'],
  },
})

/** What was asked of the person at a place of the caseload. */
const byPlace: Readonly<Record<number, (asOf: string) => readonly Asked[]>> = {
  0: () => [
    { form: 'phq-9', ago: 190, options: [1, 1, 1, 1, 0, 0, 0, 0, 0] },
    { form: 'phq-9', ago: 100, options: [1, 1, 2, 1, 1, 0, 1, 0, 0] },
    { form: 'phq-9', ago: 12, options: [2, 2, 3, 2, 1, 1, 1, 0, 0] },
  ],
  1: (asOf) => [frailty(200, 5, asOf), frailty(30, 6, asOf)],
  2: (asOf) => [activation(210, 46.1, 1, asOf), activation(25, 53.2, 2, asOf)],
  3: () => [
    { form: 'pain', ago: 60, answers: { worst: [7], where: ['Left hip, at night'] } },
    { form: 'pain', ago: 18, answers: { worst: [4], where: ['Left hip'] } },
  ],
}

/** What the person at a place of the caseload, or Grace, has been asked from the library. */
export function* assessedRecords(facts: Facts, place: number | 'grace'): Generator<SeedRecord> {
  const asked = place === 'grace' ? ofGrace : (byPlace[place]?.(facts.asOf) ?? [])
  for (const each of asked) yield* recordsOf(facts, each)
}
