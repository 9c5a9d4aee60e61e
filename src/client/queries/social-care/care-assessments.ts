import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { AdultFindings, CareAssessment } from '#domain/social-care/care-assessment.ts'
import {
  careAssessmentFromFhir,
  careAssessmentToFhir,
  careDecisionFromFhir,
  careDecisionToFhir,
} from '#domain/social-care/care-assessment-fhir.ts'

/** What was found about the care that somebody needs, and decided on it; newest first. */
export type CareAssessments = Readonly<{
  assessments: readonly CareAssessment[]
  decisions: readonly CarerDecision[]
}>

const newestFirst = (one: Readonly<{ at: string }>, other: Readonly<{ at: string }>) =>
  other.at.localeCompare(one.at)

export const careAssessmentsQuery = (person: string) =>
  queryOptions({
    queryKey: ['care-assessments', person],
    meta: { kinds: ['Observation', 'QuestionnaireResponse'] },
    queryFn: async ({ signal }): Promise<CareAssessments> => {
      const patient = `Patient/${person}`
      const code = `${gableCodeSystem}|care-eligibility`
      const [responses, decisions] = await Promise.all([
        allRecords('QuestionnaireResponse', { patient }, signal),
        allRecords('Observation', { patient, code }, signal),
      ])
      return {
        assessments: responses
          .flatMap((each) => careAssessmentFromFhir(each) ?? [])
          .toSorted(newestFirst),
        decisions: decisions
          .flatMap((each) => careDecisionFromFhir(each) ?? [])
          .toSorted(newestFirst),
      }
    },
  })

type Assessing = AdultFindings &
  Readonly<{ id: string; person: string; isDone: boolean; takenOver: AnswerMarks }>

/** Saves an assessment, finished or not; the same one again under its id. */
export async function saveCareAssessment(assessing: Assessing): Promise<void> {
  const assessment = { ...assessing, ...writtenNow(assessing.person) }
  await saveTogether({
    edits: [
      {
        ...{ type: 'QuestionnaireResponse', id: assessing.id },
        onto: (current) =>
          careAssessmentToFhir(
            assessment,
            current?.resourceType === 'QuestionnaireResponse' ? current : undefined,
          ),
      },
    ],
  })
  await noteChangeEvent(['QuestionnaireResponse'])
}

export async function saveCareDecision(
  decision: Omit<CarerDecision, 'by' | 'at' | 'version' | 'workedOut'>,
): Promise<void> {
  const decided = careDecisionToFhir({ ...decision, ...writtenNow(decision.person) })
  // a retry after a lost answer finds the same words, with what the service added
  await createOnce(decided, { dated: ['effectiveDateTime', 'component'] })
  await noteChangeEvent(['Observation'])
}
