import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import { formFromFhir } from './fhir.ts'
import { scoreRules } from './instruments/library.ts'
import { libraryQuestionnaires } from './instruments/library-questionnaires.ts'
import { packQuestionnaires } from './instruments/pack-questionnaires.ts'
import { instruments } from './instruments.ts'
import { phq9AnswersIn, phq9Points } from './phq9.ts'
import { fromResponse } from './response.ts'
import { bandOf, type Score, scoreOf } from './score.ts'
import type { ScoreRule } from './score-rule.ts'

export type CompleteScore = Extract<Score, { state: 'complete' }>

const finished = ['completed', 'amended']

/**
 * The score of a finished response by the published rule, from any system; undefined while an answer is missing or
 * cannot be weighed, and for a version of one of our own questionnaires that has no rule.
 */
export function scoreOfResponse(
  response: QuestionnaireResponse,
  questionnaire?: Questionnaire,
): CompleteScore | undefined {
  if (!finished.includes(response.status)) return undefined
  const [url = '', version = ''] = (response.questionnaire ?? '').split('|')
  const ours = scoreRules.find((rule) => rule.questionnaire === url)
  if (ours && version !== '' && !ours.versions.includes(version)) return undefined
  if (ours?.method === 'count-of-yes') return scored(ours, pointsOfYes(ours, response))
  if (ours && url !== instruments.phq9.url) return scoredByForm(ours, response, questionnaire)
  const phq9 = scoreRules.find((rule) => rule.questionnaire === instruments.phq9.url)
  return phq9 && scored(phq9, pointsOfPhq9(phq9, response, questionnaire))
}

/** By the questions of the questionnaire, stored here or ours. */
function scoredByForm(
  { questionnaire: url, versions }: ScoreRule,
  response: QuestionnaireResponse,
  stored: Questionnaire | undefined,
): CompleteScore | undefined {
  const isOne = (each: Questionnaire) => each.url === url && versions.includes(each.version ?? '')
  const form =
    stored && isOne(stored) ? stored : [...libraryQuestionnaires, ...packQuestionnaires].find(isOne)
  const score = form && scoreOf(formFromFhir(form), fromResponse(response))
  return score?.state === 'complete' ? score : undefined
}

type Points = readonly (number | undefined)[]

function scored(rule: ScoreRule, points: Points): CompleteScore | undefined {
  if (points.some((each) => each === undefined)) return undefined
  const value = points.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  const band = bandOf(rule, value)
  return band && { state: 'complete', rule, value, band }
}

function pointsOfPhq9(
  rule: ScoreRule,
  response: QuestionnaireResponse,
  questionnaire: Questionnaire | undefined,
): Points {
  const answers = phq9AnswersIn(response, questionnaire)
  return rule.items.map((item) => {
    const [only, ...more] = answers.get(item) ?? []
    return only && more.length === 0 ? phq9Points(only) : undefined
  })
}

function pointsOfYes(rule: ScoreRule, response: QuestionnaireResponse): Points {
  const answers = fromResponse(response)
  return rule.items.map((item) => {
    const [only, ...more] = answers[item] ?? []
    return typeof only === 'boolean' && more.length === 0 ? Number(only) : undefined
  })
}
