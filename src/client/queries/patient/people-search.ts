import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { peopleSearchAnswer, peopleSearchRequest } from '#domain/search/people-search.ts'

/** People by name, number or date of birth; without words, whose plans this user opened last. Asked anew each time. */
export const peopleSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['people-search', text],
    queryFn: async ({ signal }) =>
      peopleSearchAnswer.read(
        await fhir.operation(
          'Patient/$search-people',
          peopleSearchRequest.write(text ? { text } : {}),
          signal,
        ),
      ),
    staleTime: 0,
    gcTime: 0,
  })
