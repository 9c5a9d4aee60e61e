import { FhirError } from '#client/fhir/fhir-error.ts'
import { sessionEnded, useSession } from './session.ts'

/**
 * Take this before a request goes out, and call it when the answer says that its session is over: a late answer to a
 * user who has left says nothing about the user who is here now.
 */
export function sessionEndedError(): () => void {
  const { actor } = useSession.getState()
  return () => {
    if (useSession.getState().actor === actor) sessionEnded()
  }
}

/**
 * Take this before something that takes a while, and call it before going on: it throws when the user who began it has
 * left. What was answered to one user is not shown to the next, and what one user wrote is not sent by another.
 */
export function signedOutError(): () => void {
  const { actor } = useSession.getState()
  return () => {
    const isHere = useSession.getState().actor?.identity === actor?.identity
    if (actor && !isHere) throw new FhirError({ status: 401, text: 'The user has left.' })
  }
}
