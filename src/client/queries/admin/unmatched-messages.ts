import type { ParametersParameter } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { unmatchedMessagesFromParameters } from '#domain/hl7v2/unmatched-message.ts'

const key = 'kept-aside'

/** Messages from hospitals that could not be processed; with `reason` only those on hold for it. Loaded at each visit. */
export const unmatchedMessagesQuery = (reason: string) =>
  queryOptions({
    queryKey: [key, reason],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const only = reason ? `?reason=${encodeURIComponent(reason)}` : ''
      const answer = await fhir.operation(`$kept-aside${only}`, undefined, signal)
      return unmatchedMessagesFromParameters(answer)
    },
    // a message that waits for a person is processed when that person is registered
    meta: { kinds: ['Patient', 'Encounter'] },
  })

/** How many of the messages tried again were processed. */
export async function retryMessage(numbers: readonly number[]): Promise<number> {
  const answer = await settle(numbers, [])
  return answer.parameter?.find(({ name }) => name === 'taken')?.valueInteger ?? 0
}

export async function dismissMessage(number: number, why: string): Promise<void> {
  await settle([number], [{ name: 'dismiss', valueString: why }])
}

async function settle(numbers: readonly number[], more: readonly ParametersParameter[]) {
  const named = numbers.map((number) => ({ name: 'message', valueInteger: number }))
  const answer = await fhir.operation('$settle-kept-aside', {
    resourceType: 'Parameters',
    parameter: [...named, ...more],
  })
  await refetch({ queryKey: [key] })
  return answer
}
