import { digitsAt } from '#domain/decimal/digits.ts'

/** A questionnaire as a screen needs it: plain, read once from FHIR, never changed. */

export type FormCode = Readonly<{ system?: string; code?: string; display: string }>

/** One answer. Numbers that cannot be read stay text, so that a typing error is kept and shown; dates are `YYYY-MM-DD`. */
export type Answer = boolean | number | string | FormCode

/** Answers by link id. A question without an entry, or with an empty one, is unanswered. */
export type FormAnswers = Readonly<Record<string, readonly Answer[]>>

export type QuestionType =
  | 'group'
  | 'display'
  | 'boolean'
  | 'choice'
  | 'open-choice'
  | 'string'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'unsupported'

export type FormOption = Readonly<{ answer: Answer; ordinal?: number }>

export type Operator = 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<='

export type Condition = Readonly<{ question: string; operator: Operator; answer: Answer }>

export type FormQuestion = Readonly<{
  linkId: string
  type: QuestionType
  /** the FHIR type as written, to say what cannot be answered here */
  writtenType: string
  text: string
  prefix?: string
  help?: string
  required: boolean
  repeats: boolean
  readOnly: boolean
  maxLength?: number
  min?: number | string
  max?: number | string
  options: readonly FormOption[]
  initial: readonly Answer[]
  enableWhen: readonly Condition[]
  enableBehavior: 'all' | 'any'
  items: readonly FormQuestion[]
}>

export type Form = Readonly<{
  id: string
  url: string
  version: string
  title: string
  description?: string
  licence?: string
  /** item text may be tried, but a clinical safety officer has not signed it off */
  pendingSignOff: boolean
  items: readonly FormQuestion[]
}>

/** Every question, groups and their children included, in reading order. */
export function allQuestions(items: readonly FormQuestion[]): readonly FormQuestion[] {
  return items.flatMap((item) => [item, ...allQuestions(item.items)])
}

export function isCoded(answer: Answer): answer is FormCode {
  return typeof answer === 'object'
}

/** The text of an answer that has one; true and false have none here. */
export function answerText(answer: Answer): string {
  return isCoded(answer) ? answer.display : String(answer)
}

/** The text of all answers, numbers with the digits that were typed or sent. */
export const answerTexts = (given: readonly Answer[]): readonly string[] =>
  given.map((answer, place) => digitsAt(given, String(place)) ?? answerText(answer))

/** The same choice: codes decide if both have one, otherwise the text. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  if (!isCoded(one) || !isCoded(other)) return one === other
  if (one.code === undefined || other.code === undefined) return one.display === other.display
  const systems = one.system === undefined || other.system === undefined
  return one.code === other.code && (systems || one.system === other.system)
}

/** True for questions that can hold an answer of their own. */
export function takesAnswer(question: FormQuestion): boolean {
  return !['group', 'display', 'unsupported'].includes(question.type)
}

export function hasAnswer(answers: FormAnswers, linkId: string): boolean {
  return (answers[linkId] ?? []).some((answer) => answer !== '')
}
