import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { freePlacesAnswer, placesRequest } from '#domain/population/places-request.ts'
import {
  populationParameters,
  populationRequest,
} from '#domain/population/population-parameters.ts'

const key = 'population'

/** The population, with the line at the free places, or at these places to try. */
export const populationQuery = (places?: number) =>
  queryOptions({
    queryKey: [key, places ?? 'free'],
    queryFn: async ({ signal }) => {
      const asked = populationRequest.write(places === undefined ? {} : { places })
      return populationParameters.read(await fhir.operation('$population', asked, signal))
    },
    meta: { kinds: ['Patient', 'Condition', 'Encounter', 'EpisodeOfCare'] },
  })

/** How many places are free; undefined: nobody entered any. */
export const freePlacesQuery = queryOptions({
  queryKey: [key, 'free-places'],
  queryFn: async ({ signal }) =>
    freePlacesAnswer.read(await fhir.operation('$free-places', undefined, signal)),
  meta: { kinds: ['EpisodeOfCare'] },
})

/** Enters how many people a coordinator can look after, and counts again. */
export async function savePlaces(coordinator: string, places: number): Promise<void> {
  await fhir.operation('$set-places', placesRequest.write({ coordinator, places }))
  await queryClient.invalidateQueries({ queryKey: [key] })
}
