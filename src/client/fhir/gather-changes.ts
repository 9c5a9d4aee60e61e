/** A save changes several records at once: what arrives within this time is fetched together. */
const gatherMs = 40

/**
 * Gathers kinds of record that have changed and has them fetched, one round at a time: what comes while a round is
 * fetched waits for the next. A round begun while another runs would cut that off, and while changes keep coming no
 * screen would ever be told any of them.
 */
export function gatherChanges(
  signal: AbortSignal,
  fetchAnew: (kinds: readonly string[]) => Promise<void>,
): (kind: string) => void {
  const kinds = new Set<string>()
  let isBusy = false
  const rounds = async () => {
    while (kinds.size > 0 && !signal.aborted) {
      const all = [...kinds]
      kinds.clear()
      await fetchAnew(all).catch(() => undefined)
    }
    isBusy = false
  }
  return (kind) => {
    kinds.add(kind)
    if (isBusy) return
    isBusy = true
    setTimeout(() => void rounds(), gatherMs)
  }
}
