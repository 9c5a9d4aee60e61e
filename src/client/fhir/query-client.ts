import { QueryClient, replaceEqualDeep } from '@tanstack/react-query'
import { holdsDigits } from '#domain/decimal/digits.ts'
import { isRetryable } from './is-retryable.ts'

/** Kinds of record that an answer was made from; a change to one of them makes the answer old. */
declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { kinds?: readonly string[] }
  }
}

/**
 * How often to ask again for what is on screen and may be old, in milliseconds. Never the same for two: many screens that
 * were failed by one server do not ask in one moment.
 */
const askAgainAfter = 15_000 * (0.8 + 0.4 * Math.random())

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // sharing what is equal copies the rest member by member, and would lose the digits of its numbers
      structuralSharing: (before, after) =>
        holdsDigits(before) || holdsDigits(after) ? after : replaceEqualDeep(before, after),
      staleTime: Number.POSITIVE_INFINITY,
      // without a network another try makes no difference so soon
      retry: (count, error) => count < 2 && isRetryable(error) && error.kind !== 'offline',
      retryDelay: (count) => 300 * 2 ** count,
      // what failed after a change would stay on screen with the old words, and nobody would ask again
      refetchInterval: ({ state }) =>
        state.data !== undefined && state.status === 'error' && isRetryable(state.error)
          ? askAgainAfter
          : false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
