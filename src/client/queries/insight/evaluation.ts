import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { evaluationAnswer, evaluationRequest } from '#domain/evaluation/evaluation-answer.ts'

/** People who were taken on, or who entered a programme, beside people like them. */
export const evaluationQuery = (programme?: string) =>
  queryOptions({
    queryKey: ['evaluation', programme ?? 'all'],
    queryFn: async ({ signal }) => {
      const asked = evaluationRequest.write(programme === undefined ? {} : { programme })
      return evaluationAnswer.read(await fhir.operation('$matched-evaluation', asked, signal))
    },
    meta: { kinds: ['EpisodeOfCare', 'RequestGroup'] },
  })
