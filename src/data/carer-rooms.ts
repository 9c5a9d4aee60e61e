import { queryOptions } from '@tanstack/react-query'
import { useSession } from '#data/session/session.ts'
import { allPages } from '#data/wire/all-records.ts'
import { type Shared, sharedWith } from '#domain/access/consent.ts'
import { today } from './clock.ts'

/** What the person has given to the carer who is signed in; null for everybody else, who needs no such gift. */
export const carerRooms = (person: string) =>
  queryOptions({
    queryKey: ['carer-rooms', person],
    queryFn: async ({ signal }): Promise<Shared | null> => {
      const { actor } = useSession.getState()
      const carer = actor?.caresFor?.find((each) => each.person === person)
      if (!carer) return null
      const consents = await allPages('Consent', { patient: `Patient/${person}` }, signal)
      return sharedWith(consents, `RelatedPerson/${carer.relatedPerson}`, today())
    },
    meta: { kinds: ['Consent'] },
  })
