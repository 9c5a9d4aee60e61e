import { QueryClient } from '@tanstack/react-query'
import { FhirError } from './fhir-error.ts'

/** Kinds of record that an answer was made from; a change to one of them makes the answer old. */
declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { kinds?: readonly string[] }
  }
}

const passing: readonly string[] = ['unreachable', 'broken']

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: (count, error) =>
        count < 2 && error instanceof FhirError && passing.includes(error.kind),
      retryDelay: (count) => 300 * 2 ** count,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
