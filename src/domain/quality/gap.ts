import type { Standing } from './judged-person.ts'

/** Who said no to what is due, when and why. */
export type GapDecline = Readonly<{ by: string; day: string; reason: string }>

export const gapStates = ['open', 'closed', 'declined', 'not-applicable'] as const
export type GapState = (typeof gapStates)[number]

/** What one measure says of one person. */
export type CareGap = Readonly<{
  /** id of the Measure */
  measure: string
  version: string
  title: string
  /** what the measure asks, and why */
  question: string
  rationale: string
  state: GapState
  /** the definition of the measure that decided it, in words */
  why: string
  /** the record shows it; false: it does not */
  holds: boolean
  decline?: GapDecline
}>

type Judged = Readonly<{ standing: Standing; isMetBad: boolean }>

/** In a measure of which less is better, who is in the numerator has the gap. */
export function gapStateOf(
  { standing, isMetBad }: Judged,
  decline: GapDecline | undefined,
): GapState {
  if (standing === 'outside' || standing === 'left-out') return 'not-applicable'
  if ((standing === 'met') !== isMetBad) return 'closed'
  return decline ? 'declined' : 'open'
}

/** A no is asked again: it holds for the months that a measure looks at. */
export const declineHolds = (
  { day }: GapDecline,
  { from, to }: Readonly<{ from: string; to: string }>,
): boolean => day >= from && day <= to
