import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { refetch } from '#client/fhir/refetch.ts'
import type { In } from '#domain/fhir/parameters.ts'
import {
  settleAnswer,
  settleRequest,
  unmatchedMessagesFromParameters,
} from '#domain/hl7v2/unmatched-message.ts'

const key = 'kept-aside'

/** Hospital messages that could not be processed; with `reason` only those on hold for it. Loaded at each visit. */
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
export async function retryMessage(messages: readonly number[]): Promise<number> {
  return (await settle({ messages })).taken ?? 0
}

export async function dismissMessage(number: number, why: string): Promise<void> {
  await settle({ messages: [number], dismiss: why })
}

async function settle(request: In<typeof settleRequest>) {
  const answer = await fhir.operation('$settle-kept-aside', settleRequest.write(request))
  await refetch({ queryKey: [key] })
  return settleAnswer.read(answer)
}
