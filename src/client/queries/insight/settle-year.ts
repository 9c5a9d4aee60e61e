import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { ContractTerms } from '#domain/contract/contract-terms.ts'
import {
  settlementParameters,
  settleYearRequest,
  type YearFigures,
} from '#domain/contract/settle-parameters.ts'

/** What a year means under these terms. Nothing is stored. */
export const settleYearQuery = (terms: ContractTerms, figures: YearFigures) =>
  queryOptions({
    queryKey: ['settle', terms.preset, figures],
    queryFn: async ({ signal }) => {
      const asked = settleYearRequest.write({ terms, figures })
      return settlementParameters.read(await fhir.operation('$settle', asked, signal))
    },
    // what was typed cannot be worked out: the page says why; all else is a fault of the call
    throwOnError: (error) => !(error instanceof FhirError && [400, 422].includes(error.status)),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
