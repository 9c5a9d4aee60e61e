import type { Patient, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { contradictionsIn } from '#domain/assessment/from-record.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { dayIn, dayOf } from '#domain/calendar/zone.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { FhirProblem, issueOf } from '#server/problem.ts'
import { guardLibraryAnswers } from './guard-library-answers.ts'

const questions: Readonly<Record<string, string>> = {
  '1': 'question 1 (more than 85 years old)',
  '2': 'question 2 (male)',
}

/**
 * Where finished answers contradict the record, as text for the writer; undefined if they do not. The score would be
 * based on an answer that the record knows to be wrong: if the record is wrong, it has to be corrected first.
 */
export async function againstRecord(
  context: RequestContext,
  response: QuestionnaireResponse,
  person: string | undefined,
  brought?: Patient,
): Promise<string | undefined> {
  // the record here decides, because an import may leave it as it is
  const patient = (person ? await patientOf(context, person) : undefined) ?? brought
  if (!patient) return undefined
  const { now, zone } = context
  const day = response.authored ? dayOf(response.authored, zone) : dayIn(zone, now)
  const words = contradictionsIn(response, patient, day).map(
    ({ linkId, said, recorded }) =>
      `${questions[linkId]} is answered ${yesNo(said)}, but the record says ${yesNo(recorded)}`,
  )
  if (words.length === 0) return undefined
  return `PRISMA-7: ${words.join('; ')}. If the record is wrong, correct it first.`
}

const yesNo = (said: boolean) => (said ? 'yes' : 'no')

/**
 * Refuses answers that contradict the record with 422. A response that was stored with the same answers may be changed
 * otherwise.
 */
export async function mustAgreeWithRecord(
  context: RequestContext,
  resource: Resource,
  where: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  const { person, before } = where
  if (resource.resourceType !== 'QuestionnaireResponse') return
  if (before?.resourceType === 'QuestionnaireResponse' && hadSameAnswers(before, resource)) return
  await guardLibraryAnswers(context, resource)
  const words = await againstRecord(context, resource, person)
  if (!words) return
  const issues = [issueOf('business-rule', words, 'QuestionnaireResponse.item')]
  throw new FhirProblem(422, 'business-rule', words, { issues })
}

/** Finished with the same answers to the same version of a questionnaire: this write changes something else about them. */
export const hadSameAnswers = (before: QuestionnaireResponse, after: QuestionnaireResponse) =>
  ['completed', 'amended'].includes(before.status) &&
  before.questionnaire === after.questionnaire &&
  JSON.stringify(fromResponse(before)) === JSON.stringify(fromResponse(after))
