import type { ExtractResource, ResourceType } from '@medplum/fhirtypes'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'

const perPage = 500

type Params = Readonly<Record<string, string>>

/** Every page of a search. Rejects with `FhirError`. */
export async function allPages<K extends ResourceType>(
  type: K,
  params: Params,
  signal: AbortSignal,
): Promise<readonly ExtractResource<K>[]> {
  let page = await fhir.search(type, { _count: perPage, ...params }, signal)
  const found: ExtractResource<K>[] = [...page.entries]
  while (page.nextPage) {
    page = await fhir.search(type, { _page: page.nextPage }, signal)
    found.push(...page.entries)
  }
  return found
}

/** Every page of a search; nothing when this reader may not see that kind of record at all. */
export async function allRecords<K extends ResourceType>(
  type: K,
  params: Params,
  signal: AbortSignal,
): Promise<readonly ExtractResource<K>[]> {
  try {
    return await allPages(type, params, signal)
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'forbidden') return []
    throw error
  }
}
