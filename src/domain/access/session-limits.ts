/** When a session ends, in milliseconds by the clock of this device. `idle` moves with use, `absolute` never does. */
export type SessionLimits = Readonly<{ idle: number; absolute: number }>

export type WhyEnded = 'idle' | 'absolute' | 'ended'

/** What the page does about the end of its session. */
export type SessionStep =
  | Readonly<{ kind: 'quiet' }>
  | Readonly<{ kind: 'warn'; why: 'idle' | 'absolute'; at: number }>
  | Readonly<{ kind: 'over'; why: 'idle' | 'absolute' }>

const warnBefore = 2 * 60_000
const idleMinutes = 30
const stayEvery = 5 * 60_000
/**
 * A drive and a visit with one person: a user with people downloaded may not touch the tablet for so long. Not yet
 * confirmed by clinicians.
 */
const idleHoursOnVisits = 3

/** No warning until two minutes before the nearer of the two ends. */
export function sessionStep({ idle, absolute }: SessionLimits, now: number): SessionStep {
  const why = absolute <= idle ? 'absolute' : 'idle'
  const at = Math.min(idle, absolute)
  if (now >= at) return { kind: 'over', why }
  return now >= at - warnBefore ? { kind: 'warn', why, at } : { kind: 'quiet' }
}

/**
 * Whether the server has to be told that the user is still here: they have typed or pointed for a while without saving
 * anything. The server counts use from its own last request.
 */
export function isStayDue({ idle }: SessionLimits, lastActive: number): boolean {
  return lastActive - (idle - idleMinutes * 60_000) > stayEvery
}

export type UseAway = Readonly<{
  /** in milliseconds */
  lastUse: number
  /** the user has people’s records downloaded, and no network to sign in again with */
  isOnVisits: boolean
}>

/**
 * The ends while no server answers: the idle end moves with activity on this device, so that a user who works offline
 * is not signed out, and a forgotten tablet is. On visits it is three hours.
 */
export function endsAway({ idle, absolute }: SessionLimits, away: UseAway): SessionLimits {
  const minutes = away.isOnVisits ? idleHoursOnVisits * 60 : idleMinutes
  const moved = Math.max(idle, away.lastUse + minutes * 60_000)
  return { idle: Math.min(moved, absolute), absolute }
}

/** Why the server no longer knows a session: it expired, or was ended early. */
export function whyEnded(ends: SessionLimits | undefined, now: number): WhyEnded {
  const step = ends ? sessionStep(ends, now) : undefined
  return step?.kind === 'over' ? step.why : 'ended'
}

/** Seconds left, as announced: in halves of a minute, at the end in tens, so that screen readers are not interrupted. */
export function spokenSeconds(left: number): number {
  const seconds = Math.max(0, Math.ceil(left / 1000))
  const step = seconds > 30 ? 30 : 10
  return Math.ceil(seconds / step) * step
}
