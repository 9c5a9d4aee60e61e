import { type Answer, type FormAnswers, isCoded, isQuantity } from '#domain/assessment/form.ts'
import type { Score } from '#domain/assessment/score.ts'

/** One thing that must be true of the answers. All conditions of a rule must. */
export type AnswerCondition =
  /** `is`: yes, no, or the code of an option */
  | Readonly<{ on: 'answer'; question: string; is: readonly string[] }>
  | Readonly<{ on: 'number'; question: string; from?: number; to?: number }>
  | Readonly<{ on: 'words'; question: string }>
  | Readonly<{ on: 'band'; among: readonly string[] }>
  | Readonly<{ on: 'score'; from?: number; to?: number }>

/** What a rule is tried on. */
export type AnswerFacts = Readonly<{ answers: FormAnswers; score?: Score | undefined }>

/** What was found, as a short text that is the same for the same finding; undefined if the condition does not hold. */
export function findingOf(condition: AnswerCondition, facts: AnswerFacts): string | undefined {
  if (condition.on === 'band' || condition.on === 'score') return findingInScore(condition, facts)
  const [given] = facts.answers[condition.question] ?? []
  const said = given === undefined ? '' : saidBy(given)
  if (said === '' || !holds(condition, said)) return undefined
  return `${condition.question}=${condition.on === 'words' ? 'said' : said}`
}

type OfScore = Extract<AnswerCondition, { on: 'band' | 'score' }>
type OfAnswer = Exclude<AnswerCondition, OfScore>

function findingInScore(condition: OfScore, { score }: AnswerFacts): string | undefined {
  // a part of a score is no score
  if (score?.state !== 'complete') return undefined
  const { band, value } = score
  const isMet =
    condition.on === 'band' ? condition.among.includes(band.code) : isWithin(condition, value)
  // points more within one band are the same finding
  return isMet ? `band=${band.code}` : undefined
}

function holds(condition: OfAnswer, said: string): boolean {
  if (condition.on === 'words') return true
  return condition.on === 'answer'
    ? condition.is.includes(said)
    : said !== 'yes' && said !== 'no' && isWithin(condition, Number(said))
}

const isWithin = ({ from, to }: Readonly<{ from?: number; to?: number }>, value: number) =>
  Number.isFinite(value) &&
  (from === undefined || value >= from) &&
  (to === undefined || value <= to)

/** An answer as conditions name it. */
export function saidBy(answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no'
  if (isCoded(answer)) return answer.code ?? answer.display
  return isQuantity(answer) ? String(answer.value) : String(answer).trim()
}

/** A condition as one line, as it is stored and read aloud: `fallen is yes`, `how-many from 2`, `band is moderate, severe`. */
export function conditionLine(condition: AnswerCondition): string {
  switch (condition.on) {
    case 'answer':
      return `${condition.question} is ${condition.is.join(', ')}`
    case 'words':
      return `${condition.question} is said`
    case 'band':
      return `band is ${condition.among.join(', ')}`
    case 'number':
      return `${condition.question}${limitsOf(condition)}`
    default:
      return `score${limitsOf(condition)}`
  }
}

const limitsOf = ({ from, to }: Readonly<{ from?: number; to?: number }>) =>
  `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`

const number = String.raw`-?\d+(?:\.\d+)?`
const limits = new RegExp(String.raw`^(\S+)(?: from (${number}))?(?: to (${number}))?$`)

/** The condition in such a line; undefined if it says nothing that is understood. */
export function conditionFrom(line: string): AnswerCondition | undefined {
  const text = line.trim()
  const [, question, said] = /^(\S+) is (.+)$/.exec(text) ?? []
  if (question && said) return namedCondition(question, said)
  const [, of, from, to] = limits.exec(text) ?? []
  if (!of || (from === undefined && to === undefined)) return undefined
  const between = {
    ...(from === undefined ? {} : { from: Number(from) }),
    ...(to === undefined ? {} : { to: Number(to) }),
  }
  return of === 'score' ? { on: 'score', ...between } : { on: 'number', question: of, ...between }
}

function namedCondition(question: string, said: string): AnswerCondition | undefined {
  const among = said
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  if (among.length === 0) return undefined
  if (question === 'band') return { on: 'band', among }
  return said.trim() === 'said' ? { on: 'words', question } : { on: 'answer', question, is: among }
}
