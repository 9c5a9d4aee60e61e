import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { expressionProblems } from './expression-problems.ts'
import { itemProblems } from './item-problems.ts'
import {
  type FaultInPath,
  type PublishProblem,
  publishError,
  publishWarning,
} from './publish-problem.ts'
import { scoreProblems } from './score-problems.ts'

/** What is wrong with a questionnaire, and what of it is not supported: in reading order, by question. */
export function publishProblems(
  questionnaire: Questionnaire,
  faultInPath: FaultInPath,
): readonly PublishProblem[] {
  const items = itemsIn(questionnaire.item ?? [])
  const form = formFromFhir(questionnaire)
  return [
    ...wholeProblems(questionnaire),
    ...itemProblems(items),
    ...expressionProblems(form, items, faultInPath),
    ...scoreProblems(questionnaire, form),
  ]
}

const itemsIn = (items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...itemsIn(item.item ?? [])])

function wholeProblems(questionnaire: Questionnaire): readonly PublishProblem[] {
  const { url, version, title, item, copyright, modifierExtension, subjectType } = questionnaire
  const isAboutPeople = !subjectType?.length || subjectType.includes('Patient')
  const checks: readonly (readonly [boolean, PublishProblem])[] = [
    [isAddress(url), publishError('It has no address (url), such as https://example.org/falls.')],
    [Boolean(version), publishError('It has no version. Answers name the version they are of.')],
    [!version?.includes('|'), publishError('The version may not contain “|”.')],
    [Boolean(title), publishError('It has no title.')],
    [Boolean(item?.length), publishError('It asks nothing: there are no items.')],
    [isAboutPeople, publishError('It is not about a person (subjectType).')],
    [
      !modifierExtension?.length,
      publishError('It has a modifierExtension: Gable cannot tell what that changes.'),
    ],
    [
      Boolean(copyright),
      publishWarning('It does not say who may use it (copyright). Check that you may.'),
    ],
  ]
  return checks.flatMap(([isFine, problem]) => (isFine ? [] : [problem]))
}

const isAddress = (url: string | undefined) =>
  url !== undefined && /^(https?:|urn:)[^\s|]+$/.test(url)
