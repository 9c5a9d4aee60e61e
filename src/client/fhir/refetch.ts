import type { QueryFilters } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/**
 * Reloads queries that fit `which`, or all of them: at once if on screen, otherwise when next needed. A first answer
 * that is still on its way may be older than the change: it is accepted, and then loaded once more.
 */
export async function refetch(which: QueryFilters = {}): Promise<void> {
  const begun = queryClient
    .getQueryCache()
    .findAll({ ...which, fetchStatus: 'fetching' })
    .filter((query) => query.state.data === undefined)
  const onceMore = begun.map(async (query) => {
    // joins the request in flight
    await query.fetch().catch(() => undefined)
    await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
  await Promise.all([queryClient.invalidateQueries(which), ...onceMore])
}
