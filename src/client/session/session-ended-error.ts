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
