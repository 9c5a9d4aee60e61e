import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import { loadFhirPath } from '#domain/assessment/expressions/load-fhir-path.ts'
import { hasExpressions } from '#domain/assessment/expressions/work-out.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { type CompleteScore, scoresOfResponse } from '#domain/assessment/scored-response.ts'
import { dayIn, dayOf } from '#domain/calendar/zone.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import type { AnswerPlace } from './given-answers.ts'

type Whose = Readonly<{ person: string | undefined; form: Questionnaire | undefined }>

/** The scores of a response by its own questionnaire, or by a rule of ours. */
export async function scoresNow(
  place: AnswerPlace,
  response: QuestionnaireResponse,
  { person, form }: Whose,
): Promise<readonly CompleteScore[]> {
  const isWorkedOut = form !== undefined && hasExpressions(formFromFhir(form))
  if (isWorkedOut) await loadFhirPath()
  const facts = isWorkedOut
    ? await factsFor(place, response, person)
    : { day: dayOfAnswers(place, response) }
  return scoresOfResponse(response, form, facts)
}

const dayOfAnswers = (
  { now, zone }: Pick<AnswerPlace, 'now' | 'zone'>,
  { authored }: QuestionnaireResponse,
) => (authored ? dayOf(authored, zone) : dayIn(zone, now))

/** What expressions may know of the person: little, and as the record here has it. */
export async function factsFor(
  place: Parameters<typeof patientOf>[0] & Pick<AnswerPlace, 'now' | 'zone'>,
  response: QuestionnaireResponse,
  person: string | undefined,
): Promise<EvaluationFacts> {
  const patient = person ? await patientOf(place, person) : undefined
  const day = dayOfAnswers(place, response)
  if (!person || !patient) return { day }
  const { birthDate, gender } = patient
  return { day, patient: { id: person, birthDate, gender } }
}
