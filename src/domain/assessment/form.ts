import { digitsAt } from '#domain/decimal/digits.ts'
import type { CarriedScore } from './expressions/carried-score.ts'
import type {
  ExpressionFault,
  FormConstraint,
  FormExpression,
  QuestionExpressions,
} from './expressions/form-expressions.ts'

/** A questionnaire as a screen needs it: plain, read once from FHIR, never changed. */

export type FormCode = Readonly<{ system?: string; code?: string; display: string }>

/** A number with its unit; text if it cannot be read. */
export type FormQuantity = Readonly<{
  value: number | string
  unit: string
  system?: string
  code?: string
}>

/** One answer. Numbers that cannot be read stay text, so that a typing error is kept and shown; dates are `YYYY-MM-DD`. */
export type Answer = boolean | number | string | FormCode | FormQuantity

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
  | 'dateTime'
  | 'time'
  | 'quantity'
  | 'reference'
  | 'url'
  | 'unsupported'

export type FormOption = Readonly<{ answer: Answer; ordinal?: number }>

export type Operator = 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<='

export type Condition = Readonly<{ question: string; operator: Operator; answer: Answer }>

export type FormUnit = Readonly<{ unit: string; system?: string; code?: string }>

export type FormQuestion = Readonly<{
  linkId: string
  /** link id in the questionnaire, if this is a further round of a group that repeats */
  writtenId?: string
  /** which round of a group that repeats this is, from 0, how many there are, and the key of the first */
  round?: Readonly<{ group: string; place: number; of: number }>
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
  units?: readonly FormUnit[]
  expressions?: QuestionExpressions
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
  licenceClass?: LicenceClass
  /** not asked any more: answers stay readable */
  retired?: boolean
  /** scores that the questionnaire itself declares; the first is the main one */
  scores?: readonly CarriedScore[]
  variables?: readonly FormExpression[]
  constraints?: readonly FormConstraint[]
  items: readonly FormQuestion[]
  /** what the expressions gave for these answers */
  worked?: WorkedParts
}>

/** What expressions decide about a form, for one set of answers. */
export type WorkedParts = Readonly<{
  /** link ids that an expression switches off */
  off: ReadonlySet<string>
  /** why the value of a question could not be worked out */
  faults: ReadonlyMap<string, ExpressionFault>
  /** link ids of answers that are missing for a calculated question */
  missing: ReadonlyMap<string, readonly string[]>
  /** bands whose condition holds, as `[place of the score]/[code]` */
  bands: ReadonlySet<string>
  /** bands whose condition could not be worked out, and why */
  bandFaults: ReadonlyMap<string, ExpressionFault>
  broken: readonly BrokenConstraint[]
}>

export type BrokenConstraint = Readonly<{
  constraint: FormConstraint
  /** absent for one of the whole form */
  linkId?: string
  /** it could not be checked */
  fault?: ExpressionFault
}>

/** Whether the words of an instrument may be shown; see docs/assessments.md. */
export type LicenceClass = 'free' | 'acknowledge' | 'score-only'

/** Every question, groups and their children included, in reading order. */
export function allQuestions(items: readonly FormQuestion[]): readonly FormQuestion[] {
  return items.flatMap((item) => [item, ...allQuestions(item.items)])
}

export function isCoded(answer: Answer): answer is FormCode {
  return typeof answer === 'object' && 'display' in answer
}

export function isQuantity(answer: Answer): answer is FormQuantity {
  return typeof answer === 'object' && 'value' in answer
}

/** The text of an answer that has one; true and false have none here. */
export function answerText(answer: Answer): string {
  if (isCoded(answer)) return answer.display
  if (!isQuantity(answer)) return String(answer)
  return `${digitsAt(answer, 'value') ?? answer.value} ${answer.unit}`.trim()
}

/** The text of all answers, numbers with the digits that were typed or sent. */
export const answerTexts = (given: readonly Answer[]): readonly string[] =>
  given.map((answer, place) => digitsAt(given, String(place)) ?? answerText(answer))

/** The same choice: codes decide if both have one, otherwise the text. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  if (isCoded(one) && isCoded(other)) return sameCode(one, other)
  if (isQuantity(one) && isQuantity(other))
    return one.value === other.value && (one.code ?? one.unit) === (other.code ?? other.unit)
  return one === other
}

function sameCode(one: FormCode, other: FormCode): boolean {
  if (one.code === undefined || other.code === undefined) return one.display === other.display
  const systems = one.system === undefined || other.system === undefined
  return one.code === other.code && (systems || one.system === other.system)
}

/** True for questions that can hold an answer of their own. */
export function takesAnswer(question: FormQuestion): boolean {
  return !['group', 'display', 'unsupported'].includes(question.type)
}

export function hasAnswer(answers: FormAnswers, linkId: string): boolean {
  return (answers[linkId] ?? []).some(isGiven)
}

/** Two answers to a question that takes one are no answer: neither is chosen. */
export const isAnsweredTwice = ({ linkId, repeats }: FormQuestion, answers: FormAnswers): boolean =>
  !repeats && (answers[linkId] ?? []).filter(isGiven).length > 1

/** Empty text, and a unit without a number, are no answer. */
export const isGiven = (answer: Answer): boolean =>
  answer !== '' && !(isQuantity(answer) && answer.value === '')

/** The link id that the questionnaire itself has for a question. */
export const writtenIdOf = ({ linkId, writtenId }: FormQuestion): string => writtenId ?? linkId
