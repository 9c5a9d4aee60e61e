import type { Questionnaire } from '@medplum/fhirtypes'
import {
  type CarriedBand,
  type CarriedScore,
  carriedScores,
  isInBand,
} from '#domain/assessment/expressions/carried-score.ts'
import { expressionUrls } from '#domain/assessment/expressions/form-expressions.ts'
import { allQuestions, type Form, type FormQuestion } from '#domain/assessment/form.ts'
import { type PublishProblem, publishError } from './publish-problem.ts'

/** What is wrong with the scores that a questionnaire declares. */
export function scoreProblems(questionnaire: Questionnaire, form: Form): readonly PublishProblem[] {
  const written = (questionnaire.extension ?? []).filter(({ url }) => url === expressionUrls.score)
  const scores = carriedScores(questionnaire)
  const bandsWritten = written.map(
    ({ extension = [] }) => extension.filter(({ url }) => url === 'band').length,
  )
  if (scores.length < written.length)
    return [
      publishError(
        'A score lacks a part: it needs item, code (with system and display), source, and at least one band.',
      ),
    ]
  const codes = scores.map(({ code }) => `${code.system}|${code.code}`)
  return [
    ...(new Set(codes).size < codes.length ? [publishError('Two scores have the same code.')] : []),
    ...scores.flatMap((score, place) => [
      ...(score.bands.length < (bandsWritten[place] ?? 0)
        ? [publishError('A band lacks a part: it needs code, name and meaning.', score.item)]
        : []),
      ...itemOfScoreProblems(score, form),
      ...bandProblems(score),
      ...reachProblems(score, form),
    ]),
  ]
}

function itemOfScoreProblems({ item, needs }: CarriedScore, form: Form): readonly PublishProblem[] {
  const question = allQuestions(form.items).find(({ linkId }) => linkId === item)
  if (!question) return [publishError(`The score is the question “${item}”, which is not here.`)]
  const known = new Set(allQuestions(form.items).map(({ linkId }) => linkId))
  const unknown = needs.filter((each) => !known.has(each))
  return [
    ...(['integer', 'decimal'].includes(question.type)
      ? []
      : [publishError('A score is a whole number or a decimal.', item)]),
    ...(isInRound(form.items, item)
      ? [publishError('A score cannot be asked several times.', item)]
      : []),
    ...unknown.map((each) => publishError(`The score needs “${each}”, which is not here.`, item)),
  ]
}

const isInRound = (items: readonly FormQuestion[], linkId: string): boolean =>
  items.some(
    (each) =>
      (each.repeats && allQuestions([each]).some((one) => one.linkId === linkId)) ||
      isInRound(each.items, linkId),
  )

/** Of bands without a condition, exactly one must hold for each value between them. */
function bandProblems({ item, bands }: CarriedScore): readonly PublishProblem[] {
  const plain = bands
    .filter(({ when }) => !when)
    .toSorted((one, other) => (one.from ?? lowest) - (other.from ?? lowest))
  const codes = new Set(bands.map(({ code }) => code))
  const between = plain.slice(1).flatMap((band, place) => meetingProblem(plain[place], band, item))
  return codes.size < bands.length
    ? [publishError('Two bands have the same code.', item), ...between]
    : between
}

const lowest = Number.NEGATIVE_INFINITY

/** What the question allows, and the highest score that is said, must have a meaning too. */
function reachProblems({ item, bands, max }: CarriedScore, form: Form): readonly PublishProblem[] {
  const question = allQuestions(form.items).find(({ linkId }) => linkId === item)
  const plain = bands.filter(({ when }) => !when)
  if (!question || plain.length === 0) return []
  const limits = [question.min, question.max, max].filter((each) => typeof each === 'number')
  return [...new Set(limits)].flatMap((value) =>
    plain.some((band) => isInBand(band, value))
      ? []
      : [publishError(`${value} is allowed, and has no band: a value has no meaning.`, item)],
  )
}

function meetingProblem(
  before: CarriedBand | undefined,
  after: CarriedBand,
  item: string,
): readonly PublishProblem[] {
  if (!before) return []
  const start = after.from ?? lowest
  const end = before.below ?? before.to ?? Number.POSITIVE_INFINITY
  const isOver = before.below === undefined ? end >= start : end > start
  if (isOver) return [publishError(`The bands “${before.code}” and “${after.code}” overlap.`, item)]
  const gap = before.below === undefined ? start - end > 1 : start > end
  return gap
    ? [
        publishError(
          `Between the bands “${before.code}” and “${after.code}” a value has no meaning.`,
          item,
        ),
      ]
    : []
}
