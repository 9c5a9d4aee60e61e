import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import { type AnswerProblem, answerProblemsIn } from '#domain/assessment/answer-problems.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, type FormAnswers, sameAnswer } from '#domain/assessment/form.ts'
import { instrumentAt } from '#domain/assessment/instruments/library.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import {
  isPackUrl,
  licenceAcknowledgementIn,
  licencedPacks,
} from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, issueOf } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/**
 * Refuses answers to a licensed questionnaire that nobody has said may be used here, and finished scores from a
 * licensed form that cannot be: 422, in words.
 */
export async function guardLibraryAnswers(
  context: RequestContext,
  resource: QuestionnaireResponse,
): Promise<void> {
  if (resource.status === 'entered-in-error') return
  await mustBeAcknowledged(context, resource)
  mustBePossibleScore(context, resource)
}

async function mustBeAcknowledged(
  context: RequestContext,
  { questionnaire }: QuestionnaireResponse,
): Promise<void> {
  if (!isPackUrl(questionnaire)) return
  const pack = licencedPacks.find(({ url }) => url === questionnaire?.split('|')[0])
  const stored = await context.service.store.read('Questionnaire', pack?.id ?? '', everyone)
  if (licenceAcknowledgementIn(stored?.resource)?.isUsable) return
  const words = `${pack?.title} is licensed. An administrator has to say first that it may be used here`
  throw new FhirProblem(422, 'business-rule', words)
}

function mustBePossibleScore(context: RequestContext, response: QuestionnaireResponse): void {
  if (!['completed', 'amended'].includes(response.status)) return
  const [url = ''] = (response.questionnaire ?? '').split('|')
  if (instrumentAt(url)?.licence !== 'score-only') return
  const questionnaire = libraryQuestionnaires.find((each) => each.url === url)
  if (!questionnaire) return
  const form = formFromFhir(questionnaire)
  const answers = fromResponse(response)
  const today = dayIn(context.zone, context.now)
  const faults = [
    ...answerProblemsIn(form, answers).map(inWords),
    ...otherOptions(form, answers),
    ...(String(answers['day']?.[0] ?? '') > today ? ['The day is in the future'] : []),
  ]
  if (faults.length === 0) return
  const issues = faults.map((each) => issueOf('business-rule', each, 'QuestionnaireResponse.item'))
  throw new FhirProblem(422, 'business-rule', faults.join('; '), { issues })
}

function otherOptions(form: ReturnType<typeof formFromFhir>, answers: FormAnswers) {
  return allQuestions(form.items)
    .filter(({ type }) => type === 'choice')
    .filter(({ linkId, options }) =>
      (answers[linkId] ?? []).some(
        (given) => !options.some(({ answer }) => sameAnswer(answer, given)),
      ),
    )
    .map(({ text }) => `“${text}” has an answer that is not one of its options`)
}

function inWords({ question: { text, min, max }, kind }: AnswerProblem): string {
  if (kind === 'missing') return `“${text}” is not answered`
  if (kind === 'too-low' || kind === 'too-high') return `“${text}” is from ${min} to ${max}`
  return `“${text}” cannot be read`
}
