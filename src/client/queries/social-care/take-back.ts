import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { voidedDecision, withTakenBack } from '#domain/social-care/taken-back.ts'

/** Marks a decision as an error, with the reason beside the one that was given. */
export async function takeBackDecision(id: string, reason: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Observation', id },
        onto: (current) =>
          current?.resourceType === 'Observation' ? voidedDecision(current, reason) : undefined,
      },
    ],
  })
  await noteChangeEvent(['Observation'])
}

/** Marks an assessment that nobody decided on as an error, with the reason. */
export async function takeBackAssessment(id: string, reason: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'QuestionnaireResponse', id },
        onto: (current) =>
          current?.resourceType === 'QuestionnaireResponse'
            ? withTakenBack(current, { reason })
            : undefined,
      },
    ],
  })
  await noteChangeEvent(['QuestionnaireResponse'])
}
