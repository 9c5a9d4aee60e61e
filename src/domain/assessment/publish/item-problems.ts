import type { QuestionnaireItem } from '@medplum/fhirtypes'
import { expressionUrls } from '#domain/assessment/expressions/form-expressions.ts'
import { hl7Extension } from '#domain/fhir/codes.ts'
import { type PublishProblem, publishError, publishWarning } from './publish-problem.ts'

/** What is wrong with single questions, and with how they refer to one another. */
export function itemProblems(items: readonly QuestionnaireItem[]): readonly PublishProblem[] {
  const linkIds = items.map(({ linkId }) => linkId)
  const known = new Set(linkIds)
  return items.flatMap((item, place) => [
    ...linkIdProblems(item, linkIds.indexOf(item.linkId) < place),
    ...typeProblems(item),
    ...conditionProblems(item, known),
    ...extensionProblems(item),
  ])
}

function linkIdProblems(
  { linkId }: QuestionnaireItem,
  isSecond: boolean,
): readonly PublishProblem[] {
  if (!linkId) return [publishError('A question has no linkId.')]
  if (isSecond) return [publishError('Two questions have this linkId.', linkId)]
  return linkId.includes('~') ? [publishError('The linkId may not contain “~”.', linkId)] : []
}

const asked: readonly string[] = [
  ...['group', 'display', 'boolean', 'choice', 'open-choice', 'string', 'text', 'integer'],
  ...['decimal', 'quantity', 'date', 'dateTime', 'time', 'reference', 'url'],
]

function typeProblems(item: QuestionnaireItem): readonly PublishProblem[] {
  const { linkId, type, required, text, answerOption = [] } = item
  if (!asked.includes(type)) {
    const words = `A question of the type ${type} cannot be answered here.`
    return [
      required ? publishError(`${words} It is required.`, linkId) : publishWarning(words, linkId),
    ]
  }
  const found: PublishProblem[] = []
  if (!text && type !== 'group')
    found.push(publishError('The question has no words (text).', linkId))
  if (isChoice(item) && answerOption.length === 0 && !isCalculated(item))
    found.push(
      publishError(
        'It has no options. A list of answers elsewhere (answerValueSet) is not read.',
        linkId,
      ),
    )
  if (type === 'quantity' && !hasUnit(item))
    found.push(publishWarning('It has no unit: only a number is asked.', linkId))
  if (type === 'reference')
    found.push(publishWarning('A reference is asked as text: it links to no record.', linkId))
  return found
}

const isChoice = ({ type }: QuestionnaireItem) => type === 'choice' || type === 'open-choice'

const has = ({ extension = [] }: QuestionnaireItem, ...urls: readonly string[]) =>
  extension.some(({ url }) => urls.includes(url))
const isCalculated = (item: QuestionnaireItem) => has(item, expressionUrls.calculated)
const hasUnit = (item: QuestionnaireItem) =>
  has(item, hl7Extension('questionnaire-unit'), hl7Extension('questionnaire-unitOption'))

function conditionProblems(
  { linkId, enableWhen = [] }: QuestionnaireItem,
  known: ReadonlySet<string>,
): readonly PublishProblem[] {
  return enableWhen.flatMap(({ question }) =>
    known.has(question)
      ? []
      : [publishError(`It depends on the question “${question}”, which is not here.`, linkId)],
  )
}

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'

/** Extensions that change what is asked or answered, and that are not read here. */
const unread: Readonly<Record<string, string>> = {
  [`${sdc}answerExpression`]: 'Its options come from an expression (answerExpression)',
  [`${sdc}candidateExpression`]: 'Its suggestions come from an expression (candidateExpression)',
  [`${sdc}answerOptionsToggleExpression`]: 'An expression switches its options',
  [`${sdc}itemPopulationContext`]: 'It is filled in for each record of a list',
  'http://hl7.org/fhir/StructureDefinition/regex': 'It checks how an answer is written (regex)',
  'http://hl7.org/fhir/StructureDefinition/cqf-expression': 'Its words come from an expression',
  'http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs':
    'It asks for a least number of answers',
  'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs':
    'It asks for a most number of answers',
  'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden': 'It is meant to be hidden',
}

function extensionProblems({ linkId, extension = [], modifierExtension }: QuestionnaireItem) {
  const found = extension.flatMap(({ url }) => {
    const words = unread[url]
    return words ? [publishWarning(`${words}: this is not supported.`, linkId)] : []
  })
  return modifierExtension?.length
    ? [
        ...found,
        publishError('It has a modifierExtension: Gable cannot tell what that changes.', linkId),
      ]
    : found
}
