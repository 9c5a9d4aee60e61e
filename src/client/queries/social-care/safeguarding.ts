import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  type ConcernToRaise,
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

async function sent(name: string, body: Parameters<typeof fhir.operation>[1]): Promise<void> {
  try {
    await fhir.operation(name, body)
  } finally {
    await noteChangeEvent(['Basic'])
  }
}

export const raiseConcern = (asked: ConcernToRaise) =>
  sent('$raise-concern', raiseConcernRequest.write(asked))

type Step = Pick<SafeguardingStep, 'id' | 'version' | 'kind'> & Partial<SafeguardingStep>

export const safeguardingStep = (step: Step) =>
  sent(
    '$safeguarding-step',
    safeguardingStepRequest.write({
      ...{ words: '', what: 'no-enquiry', risk: 'remains', wishes: 'not-said' },
      ...{ hasNeeds: false, isAtRisk: false, cannotProtect: false, ...step },
    }),
  )
