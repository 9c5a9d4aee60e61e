import { noAnswer } from '#client/fhir/fhir-error.ts'

/**
 * Rethrows why the code of a page did not load. A browser reports code that it could not fetch as a `TypeError`, and
 * Vite a missing stylesheet as an `Error` with an address in it, in words that tell a user nothing: both become the error
 * of a service that did not answer.
 */
export function codeLost(cause: unknown): never {
  const isStyle = cause instanceof Error && cause.message.startsWith('Unable to preload CSS')
  if (isStyle || cause instanceof TypeError) noAnswer(cause)
  throw cause
}
