import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { whoCoversAnswer } from '#domain/cover/who-covers.ts'

/** Whom to ask while whoever coordinates the care is away. */
export const whoCoversQuery = (person: string) =>
  queryOptions({
    queryKey: ['who-covers', person],
    // days pass, and with them who is away
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      whoCoversAnswer.read(
        await fhir.operation(`Patient/${person}/$who-covers`, undefined, signal),
      ),
    meta: { kinds: ['PractitionerRole', 'Basic', 'EpisodeOfCare'] },
  })
