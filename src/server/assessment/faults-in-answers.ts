import { type AnswerProblem, answerProblemsIn } from '#domain/assessment/answer-problems.ts'
import { enabledIds } from '#domain/assessment/enabled.ts'
import {
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  isAnsweredTwice,
  sameAnswer,
} from '#domain/assessment/form.ts'

/**
 * Why finished answers cannot be answers to this form, in words: what its own page would not let pass either. A question of
 * `mayBeMissing` may be unanswered: its score then says itself that it is incomplete.
 */
export function faultsInAnswers(
  form: Form,
  answers: FormAnswers,
  mayBeMissing: readonly string[] = [],
): readonly string[] {
  const enabled = enabledIds(form, answers)
  const asked = allQuestions(form.items).filter(({ linkId }) => enabled.has(linkId))
  const faults = [
    ...answerProblemsIn(form, answers)
      .filter(({ kind, question }) => kind !== 'missing' || !mayBeMissing.includes(question.linkId))
      .map(inWords),
    ...asked.flatMap((question) => faultOf(question, answers)),
  ]
  return [...new Set(faults)]
}

function faultOf(question: FormQuestion, answers: FormAnswers): readonly string[] {
  const name = question.text || question.linkId
  if (isAnsweredTwice(question, answers)) return [`“${name}” has more than one answer`]
  return hasOtherOption(question, answers)
    ? [`“${name}” has an answer that is not one of its options`]
    : []
}

/** Options that stand in a value set are not known here. */
const hasOtherOption = ({ type, linkId, options }: FormQuestion, answers: FormAnswers) =>
  type === 'choice' &&
  options.length > 0 &&
  (answers[linkId] ?? []).some((given) => !options.some(({ answer }) => sameAnswer(answer, given)))

function inWords({ question, kind, words }: AnswerProblem): string {
  const { text, linkId, min, max, maxLength } = question
  const name = text || linkId
  if (kind === 'rule') return words ?? name
  if (kind === 'missing') return `“${name}” is not answered`
  if (kind === 'too-long') return `“${name}” has at most ${maxLength} characters`
  if (kind !== 'too-low' && kind !== 'too-high') return `“${name}” cannot be read`
  if (min !== undefined && max !== undefined) return `“${name}” is from ${min} to ${max}`
  return kind === 'too-low' ? `“${name}” is at least ${min}` : `“${name}” is at most ${max}`
}
