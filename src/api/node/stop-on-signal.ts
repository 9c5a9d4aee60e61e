/** Runs `stop` once on SIGINT or SIGTERM and then ends the process; a stop that takes longer than `patienceMs` is cut off. */
export function stopOnSignal(stop: () => Promise<void>, patienceMs = 30_000): void {
  let isStopping = false
  const end = async () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), patienceMs).unref()
    await stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}
