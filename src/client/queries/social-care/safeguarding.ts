import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  type ConcernToRaise,
  raiseConcernAnswer,
  raiseConcernRequest,
  type SafeguardingStep,
  safeguardingAnswer,
  safeguardingRequest,
  safeguardingStepRequest,
} from '#domain/social-care/safeguarding.ts'

/** The safeguarding concerns that the user may read: of one person, or of everybody. Nothing of it stays once the page is left. */
export const safeguardingQuery = (identity: string, patient?: string) =>
  queryOptions({
    queryKey: ['safeguarding', identity, patient ?? ''],
    gcTime: 0,
    meta: { kinds: ['Basic'] },
    queryFn: async ({ signal }) =>
      safeguardingAnswer.read(
        await fhir.operation(
          '$safeguarding',
          safeguardingRequest.write(patient ? { patient } : {}),
          signal,
        ),
      ).concerns,
  })

async function sent(name: string, body: Parameters<typeof fhir.operation>[1]) {
  try {
    return await fhir.operation(name, body)
  } finally {
    await noteChangeEvent(['Basic'])
  }
}

/** Returns whether a social worker of this person’s care reads it. */
export const raiseConcern = async (asked: ConcernToRaise): Promise<boolean> =>
  raiseConcernAnswer.read(await sent('$raise-concern', raiseConcernRequest.write(asked))).reached

type Step = Pick<SafeguardingStep, 'id' | 'version' | 'kind'> & Partial<SafeguardingStep>

export const safeguardingStep = async (step: Step): Promise<void> => {
  await sent(
    '$safeguarding-step',
    safeguardingStepRequest.write({
      ...{ words: '', what: 'no-enquiry', risk: 'remains', wishes: 'not-said' },
      ...{ hasNeeds: false, isAtRisk: false, cannotProtect: false, ...step },
    }),
  )
}
