import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { inHospital, inHospitalRequest } from '#domain/case/in-hospital.ts'

/** Who is in hospital, or home from it for up to a week; `coordinated` as in `$in-hospital`. */
export const inHospitalQuery = (
  identity: string,
  coordinated: 'nobody' | 'somebody' | 'all',
  count?: number,
) =>
  queryOptions({
    queryKey: ['in-hospital', identity, coordinated, count ?? 'first'],
    // days pass, and messages from hospitals arrive by themselves
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      inHospital.read(
        await fhir.operation(
          '$in-hospital',
          inHospitalRequest.write({ coordinated, ...(count ? { count } : {}) }),
          signal,
        ),
      ),
    meta: { kinds: ['Encounter', 'EpisodeOfCare', 'Patient'] },
  })
