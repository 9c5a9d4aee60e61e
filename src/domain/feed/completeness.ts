/** A month of one source: how many lines came, and whether that is all. */
export type FeedMonth = Readonly<{
  /** `YYYY-MM` */
  month: string
  lines: number
  /** the median of the complete months before; absent: too few to tell */
  usual?: number
  /** `not-yet`: more will come; `few`: fewer than this source usually sends; `complete` */
  state: 'complete' | 'not-yet' | 'few'
}>

/** Whole months after which a month counts as complete, and the share of the usual lines that it needs. Our own numbers. */
export const monthsUntilComplete = 2
export const leastOfUsual = 0.8
const mostMonths = 12
const fewestMonths = 3

/**
 * The months of one source, from its first line to the day of its last file. `counts`: lines by month; `received`: the day
 * of the last file.
 */
export function completeness(
  counts: ReadonlyMap<string, number>,
  received: string,
): readonly FeedMonth[] {
  const first = [...counts.keys()].toSorted()[0]
  if (first === undefined) return []
  const months: FeedMonth[] = []
  for (let month = first; month <= received.slice(0, 7); month = monthAfter(month)) {
    const lines = counts.get(month) ?? 0
    const usual = usualOf(months)
    const settled = isFew(lines, usual) ? 'few' : 'complete'
    const state = isNotYetComplete(month, received) ? 'not-yet' : settled
    months.push({ month, lines, ...(usual === undefined ? {} : { usual }), state })
  }
  return months
}

const isFew = (lines: number, usual: number | undefined) =>
  usual !== undefined && lines < usual * leastOfUsual

/** Whether more lines of a month (`YYYY-MM`) are to be expected after a file of this day. */
export const isNotYetComplete = (month: string, received: string): boolean =>
  monthsBetween(month, received.slice(0, 7)) <= monthsUntilComplete

function usualOf(months: readonly FeedMonth[]): number | undefined {
  const counts = months
    .filter(({ state }) => state === 'complete')
    .slice(-mostMonths)
    .map(({ lines }) => lines)
    .toSorted((one, other) => one - other)
  if (counts.length < fewestMonths) return undefined
  const middle = Math.floor(counts.length / 2)
  const [low = 0, high = 0] = [counts[middle - 1], counts[middle]]
  return counts.length % 2 === 1 ? high : Math.round((low + high) / 2)
}

const numberOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
const monthsBetween = (from: string, until: string) => numberOf(until) - numberOf(from)

export function monthAfter(month: string, count = 1): string {
  const next = numberOf(month) + count
  return `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}`
}
