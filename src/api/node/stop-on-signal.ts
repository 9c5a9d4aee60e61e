/** Runs `stop` once on SIGINT or SIGTERM and then ends the process; a stop that hangs is cut off after half a minute. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false
  const end = async () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), 30_000).unref()
    await stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}
