import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { scoreDirectionRequest, scoreDirections } from '#domain/outside-score/stated-direction.ts'

/** Which scores of others are here, and which way each points. */
export const scoreDirectionsQuery = queryOptions({
  queryKey: ['score-directions'],
  queryFn: async ({ signal }) =>
    scoreDirections.read(await fhir.operation('$score-directions', undefined, signal)),
  meta: { kinds: ['Library', 'RiskAssessment'] },
})

type Said = Parameters<typeof scoreDirectionRequest.write>[0]

/** Says which way a score points; what somebody else said meanwhile is read before the next try. */
export async function sayScoreDirection(said: Said): Promise<void> {
  try {
    await fhir.operation('$score-direction', scoreDirectionRequest.write(said))
  } finally {
    await noteChangeEvent(['Library'])
  }
}
