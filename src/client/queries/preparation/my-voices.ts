import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { myVoicesParameters, voiceLeaveRequest } from '#domain/voice/voices.ts'

const key = 'my-voices'

/** The person’s own words after conversations, who may read them, and what was changed because of them. */
export const myVoicesQuery = (person: string) =>
  queryOptions({
    queryKey: [key, person],
    queryFn: async ({ signal }) =>
      myVoicesParameters.read(
        await fhir.operation(`Patient/${person}/$my-voices`, undefined, signal),
      ),
    meta: { kinds: ['QuestionnaireResponse', 'Consent', 'Basic'] },
    throwOnError: false,
  })

/** Lets the words be shown without the name, or takes that back. */
export async function giveVoiceLeave(
  person: string,
  asked: Readonly<{ answer: string; leave: boolean }>,
): Promise<void> {
  await fhir.operation(`Patient/${person}/$voice-leave`, voiceLeaveRequest.write(asked))
  await queryClient.invalidateQueries({ queryKey: [key, person] })
}
