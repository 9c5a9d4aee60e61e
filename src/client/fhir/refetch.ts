import type { QueryFilters } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/**
 * What fits `which`, or everything, is fetched anew where it is on screen, and elsewhere when it is next asked for. A first
 * answer that is still on its way may be older than the change that made this necessary: it is let through, and then
 * asked for once more.
 */
export async function refetch(which: QueryFilters = {}): Promise<void> {
  const begun = queryClient
    .getQueryCache()
    .findAll({ ...which, fetchStatus: 'fetching' })
    .filter((query) => query.state.data === undefined)
  const onceMore = begun.map(async (query) => {
    // joins the one on its way
    await query.fetch().catch(() => undefined)
    await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
  await Promise.all([queryClient.invalidateQueries(which), ...onceMore])
}
