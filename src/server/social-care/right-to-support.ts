import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import {
  carerAssessmentFromFhir,
  eligibilityDecisionFromFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { carerEligibility } from '#domain/carer/eligibility.ts'
import {
  careAssessmentFromFhir,
  careDecisionFromFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import { adultEligibility } from '#domain/social-care/needs/adult-eligibility.ts'
import type { AssessedAs } from '#domain/social-care/social-care-work.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { unsound } from './kept-records.ts'

type Ground = Readonly<{ person: string; assessed: AssessedAs; decision: string }>

/**
 * The outcomes that somebody has a right to support with: those that the assessment behind a standing decision found
 * they cannot achieve. Throws 422 if no such decision stands.
 */
export async function rightToSupport(
  { service }: RequestContext,
  { person, assessed, decision }: Ground,
): Promise<readonly string[]> {
  const read = async (type: 'Observation' | 'QuestionnaireResponse', id: string) =>
    (await service.store.read(type, id, everyone))?.resource
  const stored = (await read('Observation', decision)) as Observation | undefined
  const isAdult = assessed === 'adult'
  const decided =
    stored && (isAdult ? careDecisionFromFhir(stored) : eligibilityDecisionFromFhir(stored))
  if (!decided || decided.person !== person || !decided.isEligible)
    throw unsound(
      'A support plan rests on a decision that there is a right to support. There is no such decision, or it was taken back',
      'decision',
    )
  const response = (await read('QuestionnaireResponse', decided.assessment)) as
    | QuestionnaireResponse
    | undefined
  if (!response) return []
  if (isAdult) {
    const found = careAssessmentFromFhir(response)
    return found ? adultEligibility(found).unable : []
  }
  const found = carerAssessmentFromFhir(response)
  return found ? carerEligibility(found).unable : []
}
