import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import { extensionOf, referenceTo, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'

type WithId<R> = R & { id: string }

/** A decision marked as an error: the reason that was given stays, and why it was an error stands beside it. */
export const voidedDecision = (decision: Observation, reason: string): WithId<Observation> => ({
  ...decision,
  ...{ id: decision.id ?? '', status: 'entered-in-error' },
  note: [...(decision.note ?? []), { text: reason.trim() }],
})

const name = 'taken-back'

/** Why an assessment was taken back; empty if nobody said. */
export const takenBackReason = (response: QuestionnaireResponse): string =>
  extensionOf(response, name)
    ?.extension?.find(({ url }) => url === 'reason')
    ?.valueString?.trim() ?? ''

/** An assessment marked as an error, with the reason; the service adds who and when. */
export function withTakenBack(
  response: QuestionnaireResponse,
  { reason, written }: Readonly<{ reason: string; written?: WrittenBy }>,
): WithId<QuestionnaireResponse> {
  const extension = [
    { url: 'reason', valueString: reason.trim() },
    ...(written
      ? [
          { url: 'by', valueReference: referenceTo(written.by) },
          { url: 'at', valueDateTime: written.at },
        ]
      : []),
  ]
  return {
    ...response,
    ...withExtensions(response, { [name]: [{ extension }] }),
    ...{ id: response.id ?? '', status: 'entered-in-error' },
  }
}
