import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { newestScores } from '#domain/outside-score/outside-score.ts'
import { outsideScoreIn, outsideScoreSystem } from '#domain/outside-score/outside-score-fhir.ts'

/** The newest of each score from elsewhere about one person. */
export const outsideScoresQuery = (person: string) =>
  queryOptions({
    queryKey: ['outside-scores', person],
    queryFn: async ({ signal }) => {
      const patient = `Patient/${person}`
      const code = `${outsideScoreSystem}|`
      const records = [
        ...(await allRecords('RiskAssessment', { patient }, signal)),
        ...(await allRecords('Observation', { patient, code }, signal)),
      ]
      return newestScores(records.flatMap((each) => outsideScoreIn(each) ?? []))
    },
    meta: { kinds: ['RiskAssessment', 'Observation'] },
  })
