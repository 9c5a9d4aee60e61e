/**
 * Runs `stop` once and then ends the process: on SIGINT, SIGTERM, SIGHUP, or when the returned function is called. A
 * stop that takes longer than `patienceMs` is cut off.
 */
export function stopOnSignal(
  stop: () => Promise<void>,
  patienceMs = 30_000,
): (code: number) => void {
  let isStopping = false
  const end = async (code: number) => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), patienceMs).unref()
    await stop()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void end(0))
  return (code) => void end(code)
}
