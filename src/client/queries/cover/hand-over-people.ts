import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  type HandOverPeople,
  handOverPeopleRequest,
  sharedAnswer,
  weightsRequest,
} from '#domain/cover/shared-answer.ts'

const kinds = ['EpisodeOfCare', 'CareTeam', 'Basic', 'PractitionerRole']

/** The caseloads of the organisation, and the people of one colleague. */
export const weightsQuery = (from: string) =>
  queryOptions({
    queryKey: ['caseload-weights', from],
    queryFn: async ({ signal }) =>
      sharedAnswer.read(
        await fhir.operation(
          'EpisodeOfCare/$caseload-weights',
          weightsRequest.write({ from }),
          signal,
        ),
      ),
    meta: { kinds: [...kinds, 'CarePlan', 'Encounter', 'Flag'] },
  })

async function sent(asked: HandOverPeople): Promise<void> {
  try {
    await fhir.operation('EpisodeOfCare/$hand-over-people', handOverPeopleRequest.write(asked))
  } finally {
    await noteChangeEvent(kinds)
  }
}

/** All of them or nobody. Rejects with the words of the service. */
export const handOverPeople = (asked: Omit<HandOverPeople, 'trial' | 'undo'>) =>
  sent({ ...asked, trial: false, undo: false })

/** Each of them has the coordinator of before again. */
export const takePeopleBack = (batch: string) =>
  sent({ ...{ batch, from: '', reason: '', people: [] }, trial: false, undo: true })
