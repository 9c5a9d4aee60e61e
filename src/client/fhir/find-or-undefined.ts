import { FhirError } from './fhir-error.ts'

/** The result, or undefined if the record does not exist. Rejects for every other reason. */
export async function findOrUndefined<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'missing') return undefined
    throw error
  }
}
