import type { ExtractResource, ResourceType } from '@medplum/fhirtypes'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'

const perPage = 500

/** Every page of a search; nothing when this reader may not see that kind of record at all. */
export async function allRecords<K extends ResourceType>(
  type: K,
  params: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly ExtractResource<K>[]> {
  const found: ExtractResource<K>[] = []
  try {
    let page = await fhir.search(type, { _count: perPage, ...params }, signal)
    found.push(...page.entries)
    while (page.nextPage) {
      page = await fhir.search(type, { _page: page.nextPage }, signal)
      found.push(...page.entries)
    }
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'forbidden') return []
    throw error
  }
  return found
}
