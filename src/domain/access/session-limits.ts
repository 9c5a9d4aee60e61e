/** When a session ends, in milliseconds by the clock of this device. `idle` moves on with use, `absolute` never does. */
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
/** A drive and a visit with one person: who has people along may not touch her tablet for so long. Not yet confirmed by clinicians. */
const idleHoursOnVisits = 3

/** Quiet until two minutes before the nearer of the two ends. */
export function sessionStep({ idle, absolute }: SessionLimits, now: number): SessionStep {
  const why = absolute <= idle ? 'absolute' : 'idle'
  const at = Math.min(idle, absolute)
  if (now >= at) return { kind: 'over', why }
  return now >= at - warnBefore ? { kind: 'warn', why, at } : { kind: 'quiet' }
}

/**
 * Whether the server has to be told that somebody is still here: she has typed or pointed for a while without anything
 * being saved. The server counts use from its own last sight of her.
 */
export function isStayDue({ idle }: SessionLimits, lastActive: number): boolean {
  return lastActive - (idle - idleMinutes * 60_000) > stayEvery
}

export type UseAway = Readonly<{
  /** in milliseconds */
  lastUse: number
  /** she has people’s records with her, and no network to sign in again by */
  isOnVisits: boolean
}>

/**
 * The ends as they stand while no server answers: the idle one moves on with what is done on this device, so that whoever
 * works away is not shut out, and a tablet left lying is. On visits it is three hours.
 */
export function endsAway({ idle, absolute }: SessionLimits, away: UseAway): SessionLimits {
  const minutes = away.isOnVisits ? idleHoursOnVisits * 60 : idleMinutes
  const moved = Math.max(idle, away.lastUse + minutes * 60_000)
  return { idle: Math.min(moved, absolute), absolute }
}

/** Why a session was ended that the server no longer knows: it ran out, or was ended before its time. */
export function whyEnded(ends: SessionLimits | undefined, now: number): WhyEnded {
  const step = ends ? sessionStep(ends, now) : undefined
  return step?.kind === 'over' ? step.why : 'ended'
}

/** Seconds left, as they are spoken: in halves of a minute, at the end in tens, so that nobody is talked over. */
export function spokenSeconds(left: number): number {
  const seconds = Math.max(0, Math.ceil(left / 1000))
  const step = seconds > 30 ? 30 : 10
  return Math.ceil(seconds / step) * step
}
