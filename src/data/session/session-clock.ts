import { create } from 'zustand'
import { isStayDue, type SessionStep, sessionStep } from '#domain/access/session-end.ts'
import { lastActive, watchAttendance } from './attendance.ts'
import { endsHere, restoreSession, useSession } from './session.ts'

type Warning = Extract<SessionStep, { kind: 'warn' }>

/** Set while the end of the session is near. */
export const useSessionWarning = create<{ warning?: Warning | undefined }>(() => ({}))

const lookEvery = 5_000
const askEvery = 10_000

/**
 * Watches over the session of a team build: warns two minutes before it ends, puts the end off while somebody types
 * without saving, and asks the server before it believes the worst: another tab may have been used meanwhile.
 */
export function watchSession(): void {
  watchAttendance()
  hearOtherTabs()
  let asked = 0
  const ask = async (now: number, quiet: boolean) => {
    if (now - asked < askEvery) return
    asked = now
    await restoreSession({ quiet })
  }
  const look = async () => {
    const now = Date.now()
    const ends = endsHere(useSession.getState())
    if (!ends) return warn(undefined)
    if (sessionStep(ends, now).kind !== 'quiet') await ask(now, true)
    else if (isStayDue(ends, lastActive())) await ask(now, false)
    const known = endsHere(useSession.getState())
    const step = known ? sessionStep(known, Date.now()) : undefined
    warn(step?.kind === 'warn' ? step : undefined)
  }
  setInterval(() => void look(), lookEvery)
  addEventListener('visibilitychange', () => void look())
  void look()
}

function warn(warning: Warning | undefined): void {
  const before = useSessionWarning.getState().warning
  if (before?.at !== warning?.at) useSessionWarning.setState({ warning })
}

/** Tells the server that somebody is here. */
export async function staySignedIn(): Promise<void> {
  await restoreSession()
  useSessionWarning.setState({ warning: undefined })
}

/** One cookie serves all tabs: what changes it in one is asked for in the others at once. */
function hearOtherTabs(): void {
  const tabs = new BroadcastChannel('gable-session')
  let isHearing = false
  useSession.subscribe((session, before) => {
    const isNews =
      session.actor?.identity !== before.actor?.identity || session.ends?.idle !== before.ends?.idle
    if (isNews && !isHearing) tabs.postMessage('changed')
  })
  tabs.onmessage = async () => {
    isHearing = true
    await restoreSession({ quiet: true })
    isHearing = false
  }
}
