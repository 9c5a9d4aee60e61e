import type { GenericSchema, InferOutput } from 'valibot'
import { checked } from '#domain/fhir/checked-json.ts'

/**
 * The JSON of an answer, also of a refusal; undefined if it is not JSON of this shape: a stopped service worker or a
 * hotel's network answers 200 with a page, or with its own text.
 */
export async function parseJsonResponse<S extends GenericSchema>(
  response: Response,
  shape: S,
): Promise<InferOutput<S> | undefined> {
  const isJson = response.headers.get('content-type')?.includes('json')
  return isJson ? checked(shape, await response.json()) : undefined
}
