import { sessionEnded, useSession } from './session.ts'

/**
 * To be taken before a call goes out, and called when the answer says that its session is over: a late answer to somebody
 * who has left since says nothing of who is here now.
 */
export function sessionEndedError(): () => void {
  const { actor } = useSession.getState()
  return () => {
    if (useSession.getState().actor === actor) sessionEnded()
  }
}
