import type { QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import { hasExpressions, workOut } from '#domain/assessment/expressions/work-out.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import {
  allQuestions,
  answerTexts,
  type Form,
  type FormAnswers,
  type FormQuestion,
} from '#domain/assessment/form.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, issueOf } from '#server/problem.ts'
import { hadSameAnswers, mustAgreeWithRecord } from './against-record.ts'
import { faultsInAnswers } from './faults-in-answers.ts'
import { publishedForm, questionnaireOf } from './questionnaire-of.ts'
import { factsFor } from './scores-now.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/**
 * Refuses finished answers with 422 that contradict the record, whose calculated values differ from what the server
 * works out, or that break a rule of their questionnaire. A response that was stored with the same answers may be
 * changed otherwise.
 */
export async function guardAnswers(
  context: RequestContext,
  resource: Resource,
  where: Where,
): Promise<void> {
  if (resource.resourceType !== 'QuestionnaireResponse') return
  await mustAgreeWithRecord(context, resource, where)
  const { before, person } = where
  if (!['completed', 'amended'].includes(resource.status)) return
  if (before?.resourceType === 'QuestionnaireResponse' && hadSameAnswers(before, resource)) return
  const faults = await faultsOfAnswers(context, resource, person)
  if (faults.length === 0) return
  const issues = faults.map((each) => issueOf('business-rule', each, 'QuestionnaireResponse.item'))
  throw new FhirProblem(422, 'business-rule', faults.join(' '), { issues })
}

/** What the questionnaire itself says against these answers, in words. */
async function faultsOfAnswers(
  context: RequestContext,
  response: QuestionnaireResponse,
  person: string | undefined,
): Promise<readonly string[]> {
  const place = { ...context, isImport: false }
  const questionnaire = publishedForm(await questionnaireOf(place, response.questionnaire))
  if (!questionnaire) return []
  const form = formFromFhir(questionnaire)
  if (hasExpressions(form)) await loadFhirPath()
  const sent = fromResponse(response)
  const worked = workOut(form, sent, await factsFor(context, response, person))
  return [
    ...differences(worked.form, sent, worked.answers),
    ...faultsInAnswers(worked.form, worked.answers),
  ]
}

function differences(form: Form, sent: FormAnswers, worked: FormAnswers): readonly string[] {
  return allQuestions(form.items)
    .filter(({ expressions }) => expressions?.calculated)
    .flatMap((question) => difference(question, sent, worked) ?? [])
}

function difference(
  { linkId, text }: FormQuestion,
  sent: FormAnswers,
  worked: FormAnswers,
): string | undefined {
  const [said, right] = [sent, worked].map((each) => answerTexts(each[linkId] ?? []).join(', '))
  if (!said || said === right) return undefined
  const name = text || linkId
  if (right) return `“${name}” is ${said}, but these answers give ${right}.`
  return `“${name}” is ${said}, but cannot be worked out from these answers. Send it without a value.`
}
