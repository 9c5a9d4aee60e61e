import type { HealthcareService } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { keepsDirectory } from '#domain/directory/directory-service.ts'
import { isDirectoryService } from '#domain/directory/is-directory-service.ts'
import { keepNote, type RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

export type KeptService = HealthcareService & { id: string }

/** Throws 403. */
export function mustKeepDirectory({ role }: Actor): void {
  if (!keepsDirectory(role))
    throw forbidden(
      'The directory is kept by administrators, managers, case managers and social workers',
    )
}

export async function standingService(
  { service }: RequestContext,
  id: string,
): Promise<Readonly<{ record: KeptService | undefined; version: number }>> {
  const found = await service.store.read('HealthcareService', id, everyone)
  if (!found?.resource) return { record: undefined, version: found?.version ?? 0 }
  const record = found.resource as KeptService
  if (!isDirectoryService(record))
    throw new FhirProblem(409, 'conflict', 'This id is in use for something else')
  return { record: { ...record, id }, version: found.version }
}

/** Entries are about nobody; the log says who wrote them. */
export async function keepServices(
  context: RequestContext,
  records: readonly KeptService[],
  way: string,
): Promise<void> {
  await context.service.store.writeMany(
    records.map((resource) => ({ resource, expect: 'anything' as const, skipIfSame: true })),
  )
  const why =
    records.length === 1 ? `HealthcareService/${records[0]?.id}` : `${records.length} entries`
  await keepNote(context, new Map(), { act: 'U', way, why })
}
