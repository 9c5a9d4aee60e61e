import { FhirError } from '#client/fhir/fhir-error.ts'
import { sessionEnded, useSession } from './session.ts'

/**
 * Call this before a request is sent, and the returned function when the answer says that its session is over: a late
 * answer to a user who has left says nothing about the user who is here now.
 */
export function sessionEndedError(): () => void {
  const { actor } = useSession.getState()
  return () => {
    if (useSession.getState().actor === actor) sessionEnded()
  }
}

/**
 * Call this before something that takes a while, and the returned function before continuing: it throws if the user
 * who started it has left. What was answered to one user is not shown to the next, and what one user wrote is not sent
 * by another.
 */
export function signedOutError(): () => void {
  const { actor } = useSession.getState()
  return () => {
    const isHere = useSession.getState().actor?.identity === actor?.identity
    if (actor && !isHere) throw new FhirError({ status: 401, text: 'The user has left.' })
  }
}
