import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { gapsFromFhir } from '#domain/quality/gaps-to-fhir.ts'
import {
  declineGapRequest,
  evaluateMeasureRequest,
  gapsWorklist,
  stopMeasureRequest,
} from '#domain/quality/gaps-worklist.ts'

const whileRunning = 2_000

/** The measures in CQL, and for professionals the people for whom something is due. Asks again while one is worked out. */
export const gapsQuery = (identity: string) =>
  queryOptions({
    queryKey: ['gaps', identity],
    queryFn: async ({ signal }) =>
      gapsWorklist.read(await fhir.operation('$gaps', undefined, signal)),
    meta: { kinds: ['Measure', 'Library', 'DetectedIssue'] },
    refetchInterval: ({ state }) =>
      state.data?.measures.some(({ run }) => run?.state === 'running') ? whileRunning : false,
  })

/** What is due for a person; undefined where nothing can work it out. */
export const careGapsQuery = (person: string) =>
  queryOptions({
    queryKey: ['care-gaps', person],
    queryFn: async ({ signal }) => {
      try {
        const answer = await fhir.operation(`Patient/${person}/$care-gaps`, undefined, signal)
        return { gaps: gapsFromFhir(answer) }
      } catch (cause) {
        if (cause instanceof FhirError && cause.status === 501) return { gaps: undefined }
        throw cause
      }
    },
    meta: {
      kinds: [
        ...['Measure', 'Library', 'DetectedIssue', 'Observation', 'Condition', 'Encounter'],
        ...['Communication', 'Patient', 'Procedure', 'MedicationRequest', 'Immunization'],
      ],
    },
  })

async function changed(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } finally {
    await noteChangeEvent(['Measure', 'Library', 'DetectedIssue'])
  }
}

type Declined = Parameters<typeof declineGapRequest.write>[0]

/** Writes down that what is due is not wanted, or takes that back. */
export const declineGap = async (person: string, asked: Declined): Promise<void> =>
  await changed(fhir.operation(`Patient/${person}/$decline-gap`, declineGapRequest.write(asked)))

/** Works a measure out for everybody the organisation looks after. */
export const startMeasure = async (id: string): Promise<void> =>
  await changed(
    fhir.operation(
      `Measure/${id}/$evaluate-measure`,
      evaluateMeasureRequest.write({
        ...{ periodStart: '', periodEnd: '', subject: '', organisation: '' },
        ...{ reportType: 'population', again: true },
      }),
    ),
  )

export const stopMeasure = async (id: string): Promise<void> =>
  await changed(
    fhir.operation(`Measure/${id}/$stop-measure`, stopMeasureRequest.write({ organisation: '' })),
  )

/** Takes the bundle of a measure, or without one those that come with Gable. */
export const importMeasure = async (bundle?: object): Promise<void> =>
  await changed(fhir.operation('Measure/$import-measure', bundle as never))
