/** A save changes several records at once: changes within this time are loaded together. */
const gatherMs = 40

/**
 * Collects changed kinds of record and reloads them one round at a time; changes during a round wait for the next.
 * Starting a round while another runs would cancel it, and with constant changes no screen would ever be updated.
 */
export function gatherChanges(
  signal: AbortSignal,
  reload: (kinds: readonly string[]) => Promise<void>,
): (kind: string) => void {
  const kinds = new Set<string>()
  let isBusy = false
  const rounds = async () => {
    while (kinds.size > 0 && !signal.aborted) {
      const all = [...kinds]
      kinds.clear()
      await reload(all).catch(() => undefined)
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
