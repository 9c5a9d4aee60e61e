import { queryOptions } from '@tanstack/react-query'
import * as v from 'valibot'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import type { Side } from '#domain/carer/side.ts'
import { callerHeaders, goOnAs, useSession } from './session.ts'
import { actorShape } from './session-shape.ts'

const sidesShape = v.object({ sides: v.array(v.picklist(['person', 'carer'])) })
const takenShape = v.object({ actor: actorShape })

/** On which sides the signed-in user can be; none if that is not known now. */
export const sidesQuery = () =>
  queryOptions({
    queryKey: ['sides', useSession.getState().actor?.identity],
    queryFn: async ({ signal }): Promise<readonly Side[]> => {
      // a page asks for nothing when its user has left
      if (!useSession.getState().actor) return []
      const response = await fetch('/auth/sides', { headers: callerHeaders(), signal })
      return (await parseJsonResponse(response, sidesShape))?.sides ?? []
    },
    retry: false,
    meta: { kinds: ['Patient', 'RelatedPerson'] },
  })

/** Goes on as the other of the two; the app then opens its first page. Rejects when the server refuses. */
export async function takeSide(side: Side): Promise<void> {
  const response = await fetch('/auth/side', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...callerHeaders() },
    body: JSON.stringify({ side }),
  })
  const answer = await parseJsonResponse(response, takenShape)
  if (!response.ok || !answer) throw new Error(`The other side was refused (${response.status})`)
  goOnAs(answer.actor)
}
