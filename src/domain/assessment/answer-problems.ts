import { dayWritten } from '#domain/calendar/days.ts'
import { enabledIds } from './enabled.ts'
import {
  type Answer,
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  isQuantity,
  takesAnswer,
} from './form.ts'
import { isMoment, timeWritten } from './shape/moments.ts'

export type AnswerProblemKind =
  | 'missing'
  | 'not-a-whole-number'
  | 'not-a-number'
  | 'not-a-date'
  | 'too-low'
  | 'too-high'
  | 'too-long'
  | 'not-a-moment'
  | 'not-a-time'
  | 'no-unit'
  | 'rule'

export type AnswerProblem = Readonly<{
  question: FormQuestion
  kind: AnswerProblemKind
  /** for `rule`: what the questionnaire says */
  words?: string
}>

/** What prevents finishing with these answers, in reading order. Empty if the questionnaire may be finished. */
export function answerProblemsIn(form: Form, answers: FormAnswers): readonly AnswerProblem[] {
  const enabled = enabledIds(form, answers)
  const problems = allQuestions(form.items)
    .filter((question) => enabled.has(question.linkId) && takesAnswer(question))
    .flatMap((question) => problemOf(question, answers))
  return [...problems, ...brokenRulesIn(form, 'error')]
}

/**
 * Rules of the questionnaire that these answers break, each at its question; one of the whole form at the first. A rule
 * that cannot be checked holds nobody up. The form must have been worked out.
 */
export function brokenRulesIn(form: Form, severity: 'error' | 'warning'): readonly AnswerProblem[] {
  const questions = allQuestions(form.items)
  return (form.worked?.broken ?? []).flatMap(({ constraint, linkId, fault }) => {
    const question = questions.find((each) => each.linkId === linkId) ?? questions[0]
    if (!question || fault || constraint.severity !== severity) return []
    return [{ question, kind: 'rule' as const, words: constraint.human }]
  })
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
  return shapes[question.type]?.(answer, question)
}

type Shape = (answer: Answer, question: FormQuestion) => AnswerProblemKind | undefined

const shapes: Readonly<Partial<Record<FormQuestion['type'], Shape>>> = {
  integer: (answer) => (Number.isInteger(answer) ? undefined : 'not-a-whole-number'),
  decimal: (answer) => (Number.isFinite(answer) ? undefined : 'not-a-number'),
  date: (answer) => (isDate(answer) ? undefined : 'not-a-date'),
  dateTime: (answer) =>
    typeof answer === 'string' && isMoment(answer) ? undefined : 'not-a-moment',
  time: (answer) => (typeof answer === 'string' && timeWritten(answer) ? undefined : 'not-a-time'),
  quantity: (answer, { units = [] }) => {
    if (!isQuantity(answer) || !Number.isFinite(answer.value)) return 'not-a-number'
    return units.length > 0 && !answer.unit ? 'no-unit' : undefined
  },
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
  if (isQuantity(answer)) return limitProblem(question, answer.value)
  if (typeof answer === 'string' && maxLength && answer.length > maxLength) return 'too-long'
  if (min !== undefined && typeof min === typeof answer && answer < min) return 'too-low'
  if (max !== undefined && typeof max === typeof answer && answer > max) return 'too-high'
  return undefined
}
