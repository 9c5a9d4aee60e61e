import { enabledIds } from './enabled.ts'
import {
  type Answer,
  allQuestions,
  answerText,
  type Form,
  type FormAnswers,
  type FormQuestion,
  sameAnswer,
} from './form.ts'
import { scoreRules } from './instruments/library.ts'
import type { Band, ScorePart, ScoreRule } from './score-rule.ts'

export type Score =
  | Readonly<{
      state: 'complete'
      rule: ScoreRule
      value: number
      band: Band
      parts?: readonly ScorePart[]
      /** with which version, on which day and by whom it was taken, where the answers say so */
      taken?: Taken
    }>
  | Readonly<{
      state: 'partial'
      rule: ScoreRule
      /** the sum of what was answered: a lower limit, not a score */
      soFar: number
      answered: number
      missing: readonly FormQuestion[]
    }>

export function ruleFor(form: Pick<Form, 'url' | 'version'>): ScoreRule | undefined {
  return scoreRules.find(
    (rule) => rule.questionnaire === form.url && rule.versions.includes(form.version),
  )
}

export type Taken = Readonly<{ version?: string; day?: string; by?: string }>

/** The score of these answers, or what is missing for one. Undefined if no rule is declared for this version. */
export function scoreOf(form: Form, answers: FormAnswers): Score | undefined {
  const rule = ruleFor(form)
  if (!rule) return undefined
  const enabled = enabledIds(form, answers)
  const scored = allQuestions(form.items).filter((each) => rule.items.includes(each.linkId))
  const points = scored.map((question) => ({
    question,
    points: enabled.has(question.linkId)
      ? pointsOf(rule, question, answers[question.linkId]?.[0])
      : notAsked(rule, answers),
  }))
  const missing = points.flatMap((each) => (each.points === undefined ? [each.question] : []))
  const sum = points.reduce((all, each) => all + (each.points ?? 0), 0)
  const whole = missing.length === 0 && scored.length === rule.items.length
  const complete = whole ? scoreFrom(rule, answers, sum) : undefined
  if (complete) return { ...complete, ...takenIn(rule, answers) }
  const soFar = rule.method === 'worked-out' ? 0 : sum
  return { state: 'partial', rule, soFar, answered: scored.length - missing.length, missing }
}

/** Nothing was asked because of an answer before it; without that answer it is missing. */
const notAsked = (rule: ScoreRule, answers: FormAnswers) =>
  rule.notAskedIsNought && answers[rule.items[0] ?? '']?.length ? 0 : undefined

/** A whole score; undefined if the answers give no number, or one outside all bands. */
function scoreFrom(
  rule: ScoreRule,
  answers: FormAnswers,
  sum: number,
): Extract<Score, { state: 'complete' }> | undefined {
  const said = rule.workOut ? rule.workOut(answers) : { value: sum * (rule.times ?? 1) }
  if (!said) return undefined
  const { value, parts } = said
  const band = said.band ? rule.bands.find(({ code }) => code === said.band) : bandOf(rule, value)
  return band && { state: 'complete', rule, value, band, ...(parts ? { parts } : {}) }
}

function takenIn({ taken }: ScoreRule, answers: FormAnswers): { taken?: Taken } {
  if (!taken) return {}
  const said = (linkId: string) => {
    const [answer] = answers[linkId] ?? []
    return answer === undefined ? undefined : answerText(answer)
  }
  const [version, day, by] = [said(taken.version), said(taken.day), said(taken.by)]
  return {
    taken: { ...(version ? { version } : {}), ...(day ? { day } : {}), ...(by ? { by } : {}) },
  }
}

/** The band of a total by itself. */
export function bandOf(rule: ScoreRule, value: number): Band | undefined {
  return rule.bands.find((band) => !band.notByTotal && value >= band.from && value <= band.to)
}

/** The points of one answer; undefined if there is none, or if its option has no weight. */
export function pointsOf(
  rule: Pick<ScoreRule, 'method'>,
  question: FormQuestion,
  answer: Answer | undefined,
): number | undefined {
  if (answer === undefined || answer === '') return undefined
  // a sum of its own: here it only counts that there is an answer
  if (rule.method === 'worked-out') return 0
  if (rule.method === 'count-of-yes') {
    if (typeof answer !== 'boolean') return undefined
    return answer ? 1 : 0
  }
  return question.options.find((option) => sameAnswer(option.answer, answer))?.ordinal
}
