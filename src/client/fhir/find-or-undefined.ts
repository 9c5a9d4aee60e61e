import { FhirError } from './fhir-error.ts'

/** What is asked for, or undefined where it is not there. Rejects as the asking does for every other reason. */
export async function findOrUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'missing') return undefined
    throw error
  }
}
