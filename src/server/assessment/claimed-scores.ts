import type { Observation, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import { carriedScores } from '#domain/assessment/expressions/carried-score.ts'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import type { CompleteScore } from '#domain/assessment/scored-response.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { AnswerPlace } from './given-answers.ts'

type Coded = Readonly<{ system?: string; code: string }>

/** The codes under which scores of these answers stand. */
function codesOfScores(
  { questionnaire = '' }: QuestionnaireResponse,
  scores: readonly CompleteScore[],
  form: Questionnaire | undefined,
): readonly Coded[] {
  const [url] = questionnaire.split('|')
  return [
    ...scores.map(({ rule }) => rule.code),
    ...carriedScores(form ?? {}).map(({ code }) => code),
    ...scoreRules.filter((rule) => rule.questionnaire === url).map(({ code }) => code),
  ]
}

const isCoded = ({ code }: Observation, { system, code: wanted }: Coded): boolean =>
  code.coding?.some(
    (each) => each.code === wanted && (!each.system || !system || each.system === system),
  ) ?? false

type Answered = Readonly<{
  response: QuestionnaireResponse
  scores: readonly CompleteScore[]
  form: Questionnaire | undefined
}>

/**
 * What a record under any id says is a score of these answers, beside the score that belongs there: undefined if it
 * says nothing of the kind.
 */
export function claimOf(
  observation: Observation,
  { response, scores, form }: Answered,
): Readonly<{ worked: CompleteScore | undefined }> | undefined {
  const code = codesOfScores(response, scores, form).find((each) => isCoded(observation, each))
  if (!code) return undefined
  return { worked: scores.find(({ rule }) => rule.code.code === code.code) }
}

/** Records of the person that name these answers as their source, whatever their id. */
export async function scoresNaming(
  { service }: Pick<AnswerPlace, 'service'>,
  person: string,
  response: string,
): Promise<readonly (Observation & { id: string })[]> {
  const name = `QuestionnaireResponse/${response}`
  const { rows } = await service.sql.query<{ id: string; content: Observation | string }>(
    `select id, content from resource where person = $1 and rt = 'Observation'
       and content is not null and content::text like $2`,
    [person, `%"${name}%`],
  )
  return rows.flatMap(({ id, content }) => {
    const found = storedRecord<Observation>(content)
    const isFrom = found.derivedFrom?.some(
      ({ reference = '' }) => reference.split('/_history/')[0] === name,
    )
    return isFrom ? [{ ...found, id }] : []
  })
}
