import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { activityParameters } from '#domain/feed/activity-parameters.ts'
import { feedsParameters } from '#domain/feed/feeds-parameters.ts'
import { lineFromFhir } from '#domain/feed/line-fhir.ts'

/** Who sends lines of activity and cost, and how complete the months are. */
export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: async ({ signal }) =>
    feedsParameters.read(await fhir.operation('$feeds', undefined, signal)),
})

/** What others say the care of one person cost. */
export const activityQuery = (person: string) =>
  queryOptions({
    queryKey: ['activity', person],
    queryFn: async ({ signal }) => {
      const answer = await fhir.operation(`Patient/${person}/$activity`, undefined, signal)
      const { records, ...activity } = activityParameters.read(answer)
      return { ...activity, shown: records.map(lineFromFhir) }
    },
  })
