import { QueryClient, replaceEqualDeep } from '@tanstack/react-query'
import { holdsDigits } from '#domain/decimal/digits.ts'
import { FhirError } from './fhir-error.ts'

/** Kinds of record that a query was made from; a change to one of them makes the query stale. */
declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { kinds?: readonly string[] }
  }
}

/**
 * How often to retry stale queries on screen, in milliseconds, with jitter: many clients that one server failed must
 * not ask at the same moment.
 */
const askAgainAfter = 15_000 * (0.8 + 0.4 * Math.random())

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // structural sharing would copy the rest member by member and lose the digits of decimals
      structuralSharing: (before, after) =>
        holdsDigits(before) || holdsDigits(after) ? after : replaceEqualDeep(before, after),
      staleTime: Number.POSITIVE_INFINITY,
      // offline, an immediate retry makes no difference
      retry: (count, error) => count < 2 && isRetryable(error) && error.kind !== 'offline',
      retryDelay: (count) => 300 * 2 ** count,
      // a query that failed after a change would stay on screen with old data, and nobody would ask again
      refetchInterval: ({ state }) =>
        state.data !== undefined && state.status === 'error' && isRetryable(state.error)
          ? askAgainAfter
          : false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const kinds: readonly string[] = ['offline', 'unreachable', 'broken']
/** rate limited, or a service that is closed for a while */
const statuses: readonly number[] = [429, 503]

/** Whether the same request may succeed a little later. */
function isRetryable(error: unknown): error is FhirError {
  if (!(error instanceof FhirError)) return false
  return kinds.includes(error.kind) || statuses.includes(error.status)
}
