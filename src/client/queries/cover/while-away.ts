import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { whileAwayRequest } from '#domain/cover/cover-pack.ts'
import { whileAwayAnswer } from '#domain/cover/while-away.ts'

/** What happened to each person while the reader was away. */
export const whileAwayQuery = (absence: string) =>
  queryOptions({
    queryKey: ['while-away', absence],
    queryFn: async ({ signal }) =>
      whileAwayAnswer.read(
        await fhir.operation(
          'PractitionerRole/$while-away',
          whileAwayRequest.write({ id: absence }),
          signal,
        ),
      ),
    meta: {
      kinds: [
        ...['Patient', 'Communication', 'Flag', 'Encounter', 'Appointment', 'Provenance'],
        ...['PractitionerRole', 'Basic'],
      ],
    },
  })
