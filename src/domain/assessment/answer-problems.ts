import { dayWritten } from '#domain/calendar/days.ts'
import { enabledIds } from './enabled.ts'
import {
  type Answer,
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  takesAnswer,
} from './form.ts'

export type AnswerProblemKind =
  | 'missing'
  | 'not-a-whole-number'
  | 'not-a-number'
  | 'not-a-date'
  | 'too-low'
  | 'too-high'
  | 'too-long'

export type AnswerProblem = Readonly<{ question: FormQuestion; kind: AnswerProblemKind }>

/** What prevents finishing with these answers, in reading order. Empty if the questionnaire may be finished. */
export function answerProblemsIn(form: Form, answers: FormAnswers): readonly AnswerProblem[] {
  const enabled = enabledIds(form, answers)
  return allQuestions(form.items)
    .filter((question) => enabled.has(question.linkId) && takesAnswer(question))
    .flatMap((question) => problemOf(question, answers))
}

function problemOf(question: FormQuestion, answers: FormAnswers): readonly AnswerProblem[] {
  if (!hasAnswer(answers, question.linkId)) {
    return question.required && !question.readOnly ? [{ question, kind: 'missing' }] : []
  }
  for (const answer of answers[question.linkId] ?? []) {
    const kind = shapeProblem(question, answer) ?? limitProblem(question, answer)
    if (kind) return [{ question, kind }]
  }
  return []
}

function shapeProblem(question: FormQuestion, answer: Answer): AnswerProblemKind | undefined {
  const { type } = question
  if (type === 'integer' && !Number.isInteger(answer)) return 'not-a-whole-number'
  if (type === 'decimal' && !Number.isFinite(answer)) return 'not-a-number'
  if (type === 'date' && !isDate(answer)) return 'not-a-date'
  return undefined
}

/** A FHIR date, to the year, the month or the day, that exists. */
function isDate(answer: Answer): boolean {
  if (typeof answer !== 'string') return false
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(answer)) return false
  const whole = dayWritten(`${answer}-01-01`)
  const moment = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(whole)
}

function limitProblem(question: FormQuestion, answer: Answer): AnswerProblemKind | undefined {
  const { min, max, maxLength } = question
  if (typeof answer === 'string' && maxLength && answer.length > maxLength) return 'too-long'
  if (min !== undefined && typeof min === typeof answer && answer < min) return 'too-low'
  if (max !== undefined && typeof max === typeof answer && answer > max) return 'too-high'
  return undefined
}
