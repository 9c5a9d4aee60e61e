import { addDays } from '#domain/calendar/days.ts'

/**
 * More than a tenth leaving at once is more likely a wrong or shortened file than a month of a practice: our own figure.
 * Then a reason is asked for.
 */
export const isTooMany = (leaving: number, onRoster: number): boolean => leaving * 10 > onRoster

/** A word is no reason. Our own figure. */
export const shortestReason = 10

/** A list older than this would say who left in a month that was counted long ago. Our own figure. */
export const oldestList = 31

export type WholeListFault =
  | 'date-ahead'
  | 'empty'
  | 'count-differs'
  | 'later-list'
  | 'too-old'
  | 'known-since'
  | 'rows-refused'
  | 'rows-missing'
  | 'changed-since'
  | 'reason-needed'

type Facts = Readonly<{
  date: string
  today: string
  count: number
  rows: number
  /** the day of the latest list that was taken, and stands */
  latest: string | undefined
  missing: number
  /** rows with the number of somebody else, or of somebody who has a row already */
  refused: number
  /** people who would leave or join, of whom something later is known */
  knownSince: number
  leaving: number
  onRoster: number
  confirm: number | undefined
  reason: string
}>

/** Why a list may not be taken as the whole list of a practice; undefined: it may. The first that applies. */
export function wholeListFault(facts: Facts): WholeListFault | undefined {
  const { date, today, rows, latest, confirm } = facts
  if (date === '' || date > today) return 'date-ahead'
  if (rows === 0) return 'empty'
  // a file that was cut between two lines looks whole
  if (facts.count !== rows) return 'count-differs'
  if (latest !== undefined && date < latest) return 'later-list'
  if (date < addDays(today, -oldestList)) return 'too-old'
  if (facts.knownSince > 0) return 'known-since'
  return confirm === undefined ? undefined : whyNotConfirmed(facts)
}

function whyNotConfirmed(facts: Facts): WholeListFault | undefined {
  if (facts.refused > 0) return 'rows-refused'
  if (facts.missing > 0) return 'rows-missing'
  if (facts.confirm !== facts.leaving) return 'changed-since'
  const isShort = facts.reason.trim().length < shortestReason
  return isTooMany(facts.leaving, facts.onRoster) && isShort ? 'reason-needed' : undefined
}
