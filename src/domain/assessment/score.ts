import { gableCodeSystem, loincSystem } from '#domain/fhir/codes.ts'
import { enabledIds } from './enabled.ts'
import {
  type Answer,
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  sameAnswer,
} from './form.ts'
import { instruments, phq9Items, prisma7Items } from './instruments.ts'

export type Band = Readonly<{ code: string; from: number; to: number }>

export type ScoreRule = Readonly<{
  questionnaire: string
  versions: readonly string[]
  method: 'sum-of-ordinals' | 'count-of-yes'
  items: readonly string[]
  code: Readonly<{ system: string; code: string; display: string }>
  bands: readonly Band[]
  max: number
  /** where the rule and its limits were published */
  source: string
}>

/**
 * How answers become a number, by questionnaire and version. Never applied to a version it was not written for.
 * PHQ-9: nine items 0 to 3; bands 0–4, 5–9, 10–14, 15–19, 20–27 (Kroenke 2001). The question about difficulty is not scored.
 * PRISMA-7: one for each "yes"; 3 or more asks for further review (Raîche 2008; NICE NG56, British Geriatrics Society).
 */
export const scoreRules: readonly ScoreRule[] = [
  {
    questionnaire: instruments.phq9.url,
    versions: [instruments.phq9.version],
    method: 'sum-of-ordinals',
    items: phq9Items,
    code: {
      system: loincSystem,
      code: '44261-6',
      display: 'Patient Health Questionnaire 9 item (PHQ-9) total score',
    },
    bands: [
      { code: 'minimal', from: 0, to: 4 },
      { code: 'mild', from: 5, to: 9 },
      { code: 'moderate', from: 10, to: 14 },
      { code: 'moderately-severe', from: 15, to: 19 },
      { code: 'severe', from: 20, to: 27 },
    ],
    max: 27,
    source: 'Kroenke, Spitzer, Williams. J Gen Intern Med 2001;16:606–613',
  },
  {
    questionnaire: instruments.prisma7.url,
    versions: [instruments.prisma7.version],
    method: 'count-of-yes',
    items: prisma7Items,
    code: { system: gableCodeSystem, code: 'prisma-7-score', display: 'PRISMA-7 score' },
    bands: [
      { code: 'no-further-review', from: 0, to: 2 },
      { code: 'further-review', from: 3, to: 7 },
    ],
    max: 7,
    source: 'Raîche, Hébert, Dubois. Arch Gerontol Geriatr 2008;47:9–18; NICE NG56',
  },
]

export type Score =
  | Readonly<{ state: 'complete'; rule: ScoreRule; value: number; band: Band }>
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
      : undefined,
  }))
  const missing = points.flatMap((each) => (each.points === undefined ? [each.question] : []))
  const value = points.reduce((sum, each) => sum + (each.points ?? 0), 0)
  const band = bandOf(rule, value)
  const whole = missing.length === 0 && scored.length === rule.items.length
  if (whole && band) return { state: 'complete', rule, value, band }
  return { state: 'partial', rule, soFar: value, answered: scored.length - missing.length, missing }
}

export function bandOf(rule: ScoreRule, value: number): Band | undefined {
  return rule.bands.find((band) => value >= band.from && value <= band.to)
}

/** The points of one answer; undefined if there is none, or if its option has no weight. */
export function pointsOf(
  rule: Pick<ScoreRule, 'method'>,
  question: FormQuestion,
  answer: Answer | undefined,
): number | undefined {
  if (answer === undefined || answer === '') return undefined
  if (rule.method === 'count-of-yes') {
    if (typeof answer !== 'boolean') return undefined
    return answer ? 1 : 0
  }
  return question.options.find((option) => sameAnswer(option.answer, answer))?.ordinal
}
