import { isPackQuestionnaire } from '#domain/assessment/instruments/licence-acknowledgement.ts'
import { isScoreDirection } from '#domain/outside-score/score-direction-fhir.ts'
import { isWrittenByService } from '#server/audit/provenance.ts'
import { forbidden } from '#server/problem.ts'

/** Refuses a plain write of what the service writes itself, or only through an operation of its own. */
export function mustBeOurs(resource: { resourceType: string; id?: string }): void {
  if (isWrittenByService(resource)) throw forbidden('Only the service records who wrote a plan')
  if (isScoreDirection(resource)) throw forbidden('This is said through $score-direction')
  if (isPackQuestionnaire(resource)) throw forbidden('This is said through $acknowledge-licence')
}
