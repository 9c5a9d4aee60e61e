import type { ExtractResource, ResourceType } from '@medplum/fhirtypes'
import { fhir } from './fhir-client.ts'

const perPage = 500

type Params = Readonly<Record<string, string>>

/**
 * Every page of a search. Rejects with `FhirError`, also for a kind of record that this reader may not see: to show
 * “none” would be untrue.
 */
export async function allRecords<K extends ResourceType>(
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
