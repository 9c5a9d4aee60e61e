import { enabledIds } from './enabled.ts'
import { type CarriedBand, isInBand } from './expressions/carried-score.ts'
import { expressionSites } from './expressions/expression-sites.ts'
import type { ExpressionFault } from './expressions/form-expressions.ts'
import { neededBy } from './expressions/needed-by.ts'
import {
  type Answer,
  allQuestions,
  answerText,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  isAnsweredTwice,
  sameAnswer,
} from './form.ts'
import { scoreRules } from './instruments/library.ts'
import type { Band, ScorePart, ScoreRule } from './instruments/score-rule.ts'

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
      /** the sum of what was answered: a lower limit, not a score. An expression gives none. */
      soFar?: number
      answered: number
      missing: readonly FormQuestion[]
    }>
  /** all was answered, and there is no score: never replaced by a number */
  | Readonly<{ state: 'failed'; rule: ScoreRule; why: ScoreFault }>

/** `no-band`: the value is outside all bands. */
export type ScoreFault = ExpressionFault | Readonly<{ kind: 'no-band'; detail: string }>

/** The rule of the main score of a form; undefined if it has none. */
export function ruleFor(form: Pick<Form, 'url' | 'version' | 'scores'>): ScoreRule | undefined {
  return ruleByHand(form) ?? rulesCarried(form)[0]
}

export type Taken = Readonly<{ version?: string; day?: string; by?: string }>

const ruleByHand = (form: Pick<Form, 'url' | 'version'>) =>
  scoreRules.find((rule) => rule.questionnaire === form.url && rule.versions.includes(form.version))

/** The main score of these answers, or what is missing for one. Undefined if no rule is declared for this version. */
export function scoreOf(form: Form, answers: FormAnswers): Score | undefined {
  return scoresOf(form, answers)[0]
}

/**
 * All scores of these answers. A form with expressions must have been worked out (`workOut`): otherwise it has no score.
 */
export function scoresOf(form: Form, answers: FormAnswers): readonly Score[] {
  const rule = ruleByHand(form)
  if (rule) return [scoreByHand(rule, form, answers)]
  return rulesCarried(form).map((each, place) => carriedScore({ form, answers, rule: each, place }))
}

function scoreByHand(rule: ScoreRule, form: Form, answers: FormAnswers): Score {
  const enabled = enabledIds(form, answers)
  const scored = allQuestions(form.items).filter((each) => rule.items.includes(each.linkId))
  const pointsHere = (question: FormQuestion) => {
    if (!enabled.has(question.linkId)) return notAsked(rule, answers)
    if (isAnsweredTwice(question, answers)) return undefined
    return pointsOf(rule, question, answers[question.linkId]?.[0])
  }
  const points = scored.map((question) => ({ question, points: pointsHere(question) }))
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

function rulesCarried({ url, version, scores = [] }: Pick<Form, 'url' | 'version' | 'scores'>) {
  return scores.map(
    ({ bands, needs, ...rest }): ScoreRule => ({
      ...{
        questionnaire: url,
        versions: [version],
        method: 'expression',
        items: needs,
        caution: '',
      },
      ...rest,
      bands: bands.map(({ when: _, from, to, ...words }) => ({
        ...words,
        from: from ?? Number.NEGATIVE_INFINITY,
        to: to ?? Number.POSITIVE_INFINITY,
      })),
    }),
  )
}

type Carried = Readonly<{ form: Form; answers: FormAnswers; rule: ScoreRule; place: number }>

function carriedScore(carried: Carried): Score {
  const { form, answers, rule: declared } = carried
  const all = allQuestions(form.items)
  const question = all.find(({ linkId }) => linkId === declared.item)
  const { needed, without } = question
    ? needsOf(form, answers, question)
    : { needed: [], without: [] }
  const rule = { ...declared, items: needed }
  const fault = question && faultOf(form, question)
  if (fault) return { state: 'failed', rule, why: fault }
  const missing = all.filter(
    (each) =>
      without.includes(each.linkId) ||
      (needed.includes(each.linkId) && isAnsweredTwice(each, answers)),
  )
  const value = answers[declared.item ?? '']?.[0]
  if (missing.length > 0 || typeof value !== 'number')
    return { state: 'partial', rule, answered: needed.length - missing.length, missing }
  return inItsBand({ ...carried, rule }, value)
}

/** The answers that a score needs, and those of them that are missing. One that is typed in needs only itself. */
function needsOf(form: Form, answers: FormAnswers, question: FormQuestion) {
  const { linkId, expressions } = question
  if (!expressions?.calculated)
    return { needed: [linkId], without: hasAnswer(answers, linkId) ? [] : [linkId] }
  return { needed: neededFor(form, question), without: form.worked?.missing.get(linkId) ?? [] }
}

function inItsBand({ form, rule, place }: Carried, value: number): Score {
  const bands = form.scores?.[place]?.bands ?? []
  // a band that cannot be decided is not passed over: the next one could say less than is true
  const fits = (band: CarriedBand) =>
    isInBand(band, value) &&
    (holds(form, band, place) || bandFaultOf(form, band, place) !== undefined)
  const at = bands.findIndex(fits)
  const fault = bands[at] && bandFaultOf(form, bands[at], place)
  if (fault) return { state: 'failed', rule, why: fault }
  const band = rule.bands[at]
  if (!band) return { state: 'failed', rule, why: { kind: 'no-band', detail: String(value) } }
  return { state: 'complete', rule, value, band }
}

const bandFaultOf = ({ worked }: Form, { code, when }: CarriedBand, place: number) =>
  when && worked?.bandFaults.get(`${place}/${code}`)

const holds = ({ worked }: Form, { code, when }: CarriedBand, place: number) =>
  !when || worked?.bands.has(`${place}/${code}`) === true

function faultOf({ worked }: Form, question: FormQuestion): ExpressionFault | undefined {
  if (!question.expressions?.calculated) return undefined
  if (!worked) return { kind: 'not-loaded', detail: question.expressions.calculated.text }
  return worked.faults.get(question.linkId)
}

function neededFor(form: Form, { linkId }: FormQuestion): readonly string[] {
  const site = expressionSites(form).find(({ id }) => id === `calculated:${linkId}`)
  return site ? neededBy(form, site) : []
}

/** The band of a total by itself. */
export function bandOf(rule: ScoreRule, value: number): Band | undefined {
  return rule.bands.find(
    ({ notByTotal, from, to, below }) =>
      !notByTotal && value >= from && value <= to && (below === undefined || value < below),
  )
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
