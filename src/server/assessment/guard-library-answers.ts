import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import type { Form } from '#domain/assessment/form.ts'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import {
  isPackUrl,
  licenceAcknowledgementIn,
  licencedPacks,
} from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { packQuestionnaires } from '#domain/assessment/instruments/pack-questionnaires.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { ruleFor } from '#domain/assessment/score.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, issueOf } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { faultsInAnswers } from './faults-in-answers.ts'

/**
 * Refuses answers to a licensed questionnaire that nobody has said may be used here, and finished answers to any
 * questionnaire of the library that cannot be: 422, in words.
 */
export async function guardLibraryAnswers(
  context: RequestContext,
  resource: QuestionnaireResponse,
): Promise<void> {
  if (resource.status === 'entered-in-error') return
  await mustBeAcknowledged(context, resource)
  mustBePossible(context, resource)
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

function mustBePossible(context: RequestContext, response: QuestionnaireResponse): void {
  if (!['completed', 'amended'].includes(response.status)) return
  const questionnaire = libraryFormAt(response.questionnaire)
  if (!questionnaire) return
  const form = formFromFhir(questionnaire)
  const answers = fromResponse(response)
  const today = dayIn(context.zone, context.now)
  const faults = [
    ...faultsInAnswers(form, answers, addedUp(form)),
    ...(String(answers['day']?.[0] ?? '') > today ? ['The day is in the future'] : []),
  ]
  if (faults.length === 0) return
  const issues = faults.map((each) => issueOf('business-rule', each, 'QuestionnaireResponse.item'))
  throw new FhirProblem(422, 'business-rule', faults.join('; '), { issues })
}

/** The questions that a score adds up: other systems send some of them unanswered, and the score is then incomplete. */
function addedUp(form: Form): readonly string[] {
  const rule = ruleFor(form)
  return rule && ['sum-of-ordinals', 'count-of-yes'].includes(rule.method) ? rule.items : []
}

/** The form of the library that these answers are of; without a version it is the one we have. */
function libraryFormAt(canonical = ''): Questionnaire | undefined {
  const [url = '', version = ''] = canonical.split('|')
  const found = [...libraryQuestionnaires, ...packQuestionnaires].find((each) => each.url === url)
  return version === '' || found?.version === version ? found : undefined
}
