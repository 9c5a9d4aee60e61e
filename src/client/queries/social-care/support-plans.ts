import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  answerSupportPlanRequest,
  keepSupportPlanRequest,
  type SupportPlan,
  type SupportPlanAnswer,
  type SupportPlanStep,
  type SupportPlanToKeep,
  supportPlanFromFhir,
  supportPlanStepRequest,
} from '#domain/social-care/support-plan.ts'

/** The support plans of a person, those that stand first, then the latest. */
export const supportPlansQuery = (person: string) =>
  queryOptions({
    queryKey: ['support-plans', person],
    meta: { kinds: ['Basic'] },
    queryFn: async ({ signal }): Promise<readonly SupportPlan[]> => {
      const code = `${gableCodeSystem}|support-plan`
      const found = await allRecords('Basic', { patient: `Patient/${person}`, code }, signal)
      return found
        .flatMap((each) => supportPlanFromFhir(each) ?? [])
        .toSorted(
          (one, other) =>
            Number(one.ended !== undefined) - Number(other.ended !== undefined) ||
            other.startsOn.localeCompare(one.startsOn),
        )
    },
  })

/** Whatever came of it, what others wrote meanwhile is read. */
async function sent(person: string, name: string, body: Parameters<typeof fhir.operation>[1]) {
  try {
    await fhir.operation(`Patient/${person}/$${name}`, body)
  } finally {
    await noteChangeEvent(['Basic'])
  }
}

export const keepSupportPlan = (person: string, plan: SupportPlanToKeep) =>
  sent(person, 'keep-support-plan', keepSupportPlanRequest.write(plan))

export const answerSupportPlan = (person: string, answer: SupportPlanAnswer) =>
  sent(person, 'answer-support-plan', answerSupportPlanRequest.write(answer))

export const supportPlanStep = (person: string, step: SupportPlanStep) =>
  sent(person, 'support-plan-step', supportPlanStepRequest.write(step))
