import type { Bundle, HealthcareService } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { DirectoryService } from '#domain/directory/directory-service.ts'
import { directoryServiceFrom, isDirectoryService } from '#domain/directory/is-directory-service.ts'
import {
  type ImportedServices,
  importServicesAnswer,
  importServicesRequest,
  saveServiceRequest,
} from '#domain/directory/save-service-request.ts'

/** An entry, and the version of it that was read. */
export type ListedService = DirectoryService & Readonly<{ version: number }>

const listed = (service: HealthcareService): ListedService => ({
  ...directoryServiceFrom(service),
  version: Number(service.meta?.versionId ?? 0),
})

/** The directory of services; those that have ended last. */
export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  queryFn: async ({ signal }) =>
    (await allRecords('HealthcareService', {}, signal)).filter(isDirectoryService).map(listed),
  meta: { kinds: ['HealthcareService'] },
})

/** Writes an entry; rejects with 412 if somebody changed it since `version`. */
export async function saveService(service: DirectoryService, version?: number): Promise<void> {
  try {
    await fhir.operation(
      'HealthcareService/$save-service',
      saveServiceRequest.write({ ...service, ...(version ? { version } : {}) }),
    )
  } finally {
    await noteChangeEvent(['HealthcareService'])
  }
}

/** Reads a file into the directory; `trial`: only what would happen. */
export async function importServices(
  file: Readonly<{ csv?: string; bundle?: Bundle }>,
  trial: boolean,
): Promise<ImportedServices> {
  const { csv = '', bundle } = file
  const answer = importServicesAnswer.read(
    await fhir.operation(
      'HealthcareService/$import-services',
      importServicesRequest.write({ csv, trial, ...(bundle ? { bundle } : {}) }),
    ),
  )
  if (!trial) await noteChangeEvent(['HealthcareService'])
  return answer
}
