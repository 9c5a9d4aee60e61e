import type { Resource } from '@medplum/fhirtypes'
import { QueryClient, replaceEqualDeep } from '@tanstack/react-query'
import { holdsDigits } from '#domain/decimal/digits.ts'
import { FhirError } from './fhir-error.ts'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Kinds of record that a query was made from; a change to one of them makes the query stale. */
      kinds?: readonly string[]
      /** the data with these records as they are now; undefined if it has to be fetched again */
      withRecords?: (answer: unknown, records: readonly Resource[]) => unknown
      /** a record that the data was made from */
      record?: (answer: unknown, type: string, id: string) => Resource | undefined
    }
  }
}

/**
 * How often to retry stale queries on screen, in milliseconds, with jitter: many clients that one server failed must
 * not ask at the same moment.
 */
export const askAgainAfter = 15_000 * (0.8 + 0.4 * Math.random())

/** Structural sharing copies the rest member by member, and would lose the digits of its numbers. */
export const sharedWith = (before: unknown, after: unknown): unknown =>
  holdsDigits(before) || holdsDigits(after) ? after : replaceEqualDeep(before, after)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      structuralSharing: sharedWith,
      staleTime: Number.POSITIVE_INFINITY,
      // offline, an immediate retry makes no difference
      retry: (count, error) => count < 2 && isRetryable(error) && error.kind !== 'offline',
      retryDelay: (count) => 300 * 2 ** count,
      // a query that failed after a change would stay on screen with old data, and nothing would reload it
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
