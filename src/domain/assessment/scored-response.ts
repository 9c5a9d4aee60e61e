import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import type { EvaluationFacts } from './expressions/evaluate-site.ts'
import { workOut } from './expressions/work-out.ts'
import { formFromFhir } from './fhir.ts'
import { scoreRules } from './instruments/library.ts'
import { libraryQuestionnaires } from './instruments/library-questionnaires.ts'
import { packQuestionnaires } from './instruments/pack-questionnaires.ts'
import type { ScoreRule } from './instruments/score-rule.ts'
import { instruments } from './instruments.ts'
import { phq9AnswersIn, phq9Points } from './phq9.ts'
import { fromResponse } from './response.ts'
import { bandOf, type Score, scoreOf, scoresOf } from './score.ts'

export type CompleteScore = Extract<Score, { state: 'complete' }>

const finished = ['completed', 'amended']

/**
 * The scores of a finished response by the published rule, from any system; empty while an answer is missing or cannot
 * be weighed, and for a version of one of our own questionnaires that has no rule. A questionnaire that carries its
 * scores is worked out: `loadFhirPath` must have been awaited.
 */
export function scoresOfResponse(
  response: QuestionnaireResponse,
  questionnaire: Questionnaire | undefined,
  facts: EvaluationFacts,
): readonly CompleteScore[] {
  if (!finished.includes(response.status)) return []
  const [url = '', version = ''] = (response.questionnaire ?? '').split('|')
  const ours = scoreRules.find((rule) => rule.questionnaire === url)
  if (ours) return isOfVersion(ours, version) ? scoresOfOurs(ours, response, questionnaire) : []
  const carried = questionnaire && carriedScoresOf(response, questionnaire, facts)
  const phq9 = scoreRules.find((rule) => rule.questionnaire === instruments.phq9.url)
  return carried ?? (phq9 ? scored(phq9, pointsOfPhq9(phq9, response, questionnaire)) : [])
}

const isOfVersion = ({ versions }: ScoreRule, version: string) =>
  version === '' || versions.includes(version)

function scoresOfOurs(
  rule: ScoreRule,
  response: QuestionnaireResponse,
  questionnaire: Questionnaire | undefined,
): readonly CompleteScore[] {
  if (rule.method === 'count-of-yes') return scored(rule, pointsOfYes(rule, response))
  if (rule.questionnaire === instruments.phq9.url)
    return scored(rule, pointsOfPhq9(rule, response, questionnaire))
  return scoredByForm(rule, response, questionnaire)
}

/** Undefined if it carries none. */
function carriedScoresOf(
  response: QuestionnaireResponse,
  questionnaire: Questionnaire,
  facts: EvaluationFacts,
): readonly CompleteScore[] | undefined {
  const form = formFromFhir(questionnaire)
  if (!form.scores?.length) return undefined
  const { form: after, answers } = workOut(form, fromResponse(response), facts)
  return scoresOf(after, answers).flatMap((each) => (each.state === 'complete' ? [each] : []))
}

/** By the questions of the questionnaire, stored here or ours. */
function scoredByForm(
  { questionnaire: url, versions }: ScoreRule,
  response: QuestionnaireResponse,
  stored: Questionnaire | undefined,
): readonly CompleteScore[] {
  const isOne = (each: Questionnaire) => each.url === url && versions.includes(each.version ?? '')
  const form =
    stored && isOne(stored) ? stored : [...libraryQuestionnaires, ...packQuestionnaires].find(isOne)
  const score = form && scoreOf(formFromFhir(form), fromResponse(response))
  return score?.state === 'complete' ? [score] : []
}

type Points = readonly (number | undefined)[]

function scored(rule: ScoreRule, points: Points): readonly CompleteScore[] {
  if (points.some((each) => each === undefined)) return []
  const value = points.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  const band = bandOf(rule, value)
  return band ? [{ state: 'complete', rule, value, band }] : []
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
