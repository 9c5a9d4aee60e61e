import { FhirProblem } from '#server/problem.ts'

/** How requests are counted for the rate limit of their caller. */
export type RequestCounts = Readonly<{
  /** one more request; returns 0, or after how many seconds it may come again */
  take: (request: Request) => number
  /** many more that are done together or not at all: the following requests wait for them */
  owe: (request: Request, calls: number) => void
}>

/** The same for requests within one request, at any depth. */
export type FurtherRequests = Readonly<{
  /** throws 429 */
  take: () => void
  owe: (calls: number) => void
}>

export function furtherRequests(counts: RequestCounts, request: Request): FurtherRequests {
  return {
    take() {
      const seconds = counts.take(request)
      if (seconds === 0) return
      const headers = { 'Retry-After': String(seconds) }
      throw new FhirProblem(429, 'throttled', 'Too many requests in a short time', { headers })
    },
    owe: (calls) => counts.owe(request, calls),
  }
}
