import * as v from 'valibot'
import { create } from 'zustand'
import {
  endsAway,
  isStayDue,
  type SessionLimits,
  type SessionStep,
  sessionStep,
} from '#domain/access/session-limits.ts'
import { checked } from '#domain/fhir/checked-json.ts'
import { retryPendingSignOut } from './pending-sign-out.ts'
import {
  endsHere,
  forgetSession,
  restoreSession,
  sessionEnded,
  shareWithNewTabs,
  useSession,
} from './session.ts'
import { lastActive, lastUse, watchUserActivity } from './user-activity.ts'

type Warning = Extract<SessionStep, { kind: 'warn' }>

/** Set when the end of the session is near. */
export const useSessionTimeoutWarning = create<{ warning?: Warning | undefined }>(() => ({}))

const checkEvery = 5_000
const askEvery = 10_000

/**
 * Watches the session of a team build: warns two minutes before it ends, postpones the end while somebody types without
 * saving, and asks the server before it acts: another tab may have been used meanwhile. If no server answers it counts
 * by itself: half an hour without use ends the session here, three hours while people are downloaded.
 */
export function watchSessionTimeout(isOnVisits: () => boolean): void {
  watchUserActivity()
  hearOtherTabs()
  shareWithNewTabs()
  let lastAsked = 0
  let isAnswered = true
  const ask = async (now: number, quiet: boolean) => {
    if (now - lastAsked < askEvery) return
    lastAsked = now
    isAnswered = await restoreSession({ quiet })
  }
  const askWhenDue = async (ends: SessionLimits) => {
    const now = Date.now()
    if (sessionStep(ends, now).kind !== 'quiet') await ask(now, true)
    else if (isStayDue(ends, lastActive())) await ask(now, false)
  }
  const check = async () => {
    const ends = endsHere(useSession.getState())
    if (ends) await askWhenDue(ends)
    else await retryPendingSignOut()
    const step = stepHere(isAnswered, isOnVisits())
    if (step?.kind === 'over' && !isAnswered) sessionEnded()
    warn(step?.kind === 'warn' ? step : undefined)
  }
  setInterval(() => void check(), checkEvery)
  addEventListener('visibilitychange', () => void check())
  void check()
}

/** How near the end is, by the server while it answers, otherwise by activity on this device. */
function stepHere(isAnswered: boolean, isOnVisits: boolean): SessionStep | undefined {
  const ends = endsHere(useSession.getState())
  if (!ends) return undefined
  const away = { lastUse: lastUse(), isOnVisits }
  return sessionStep(isAnswered ? ends : endsAway(ends, away), Date.now())
}

function warn(warning: Warning | undefined): void {
  const before = useSessionTimeoutWarning.getState().warning
  if (before?.at !== warning?.at) useSessionTimeoutWarning.setState({ warning })
}

/** Tells the server that the user is here. */
export async function staySignedIn(): Promise<void> {
  await restoreSession()
  useSessionTimeoutWarning.setState({ warning: undefined })
}

/** The messages between tabs: whose session ended there, or that they should check. */
const toldShape = v.object({ out: v.optional(v.string()) })
type TabMessage = v.InferOutput<typeof toldShape>

/**
 * One cookie serves all tabs: signing out in one signs out all, online or not; for other changes the server is asked
 * at once.
 */
function hearOtherTabs(): void {
  const tabs = new BroadcastChannel('gable-session')
  let isHearing = false
  useSession.subscribe((session, before) => {
    const isNews =
      session.actor?.identity !== before.actor?.identity || session.ends?.idle !== before.ends?.idle
    if (!isNews || isHearing) return
    const hasLeft = !session.actor && !session.ended
    tabs.postMessage({ out: hasLeft ? before.actor?.identity : undefined } satisfies TabMessage)
  })
  tabs.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const { out } = checked(toldShape, data) ?? {}
    isHearing = true
    if (!out) await restoreSession({ quiet: true })
    else if (out === useSession.getState().actor?.identity) forgetSession()
    isHearing = false
  }
}
