import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { noteVoiceChangeRequest, voicesParameters } from '#domain/voice/voices.ts'

const key = 'voices'

/** What people told us, with their leave; loaded each time the page opens, because leave can be taken back. */
export const voicesQuery = queryOptions({
  queryKey: [key],
  queryFn: async ({ signal }) =>
    voicesParameters.read(await fhir.operation('$voices', undefined, signal)),
  meta: { kinds: ['QuestionnaireResponse', 'Consent', 'Basic'] },
  staleTime: 0,
})

/** Writes what the own organisation changed because of somebody’s words, or other words for it. */
export async function noteVoiceChange(
  change: Readonly<{ voice: string; version: number; words: string }>,
): Promise<void> {
  await fhir.operation('$note-voice-change', noteVoiceChangeRequest.write(change))
  await queryClient.invalidateQueries({ queryKey: [key] })
}
