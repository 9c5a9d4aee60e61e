import { noAnswer } from '#client/fhir/fhir-error.ts'

/**
 * Rethrows why the code of a page did not load. A browser reports code that it could not fetch as a `TypeError`, in words
 * that tell a user nothing: that becomes the error of a service that did not answer.
 */
export function codeLost(cause: unknown): never {
  if (cause instanceof TypeError) noAnswer(cause)
  throw cause
}
