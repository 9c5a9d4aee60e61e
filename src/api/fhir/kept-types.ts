import { resourceTypes } from './search-parameters.ts'

/** Messages of the API itself, and the trail, which is asked for by itself: none of them is a record. */
const neverKept = ['AuditEvent', 'Bundle', 'OperationOutcome', 'Parameters']

/** The types of FHIR R4 that are kept, searched and changed here. */
export const keptTypes: readonly string[] = resourceTypes.filter(
  (type) => !neverKept.includes(type),
)

const names = new Set(keptTypes)

export function isKeptType(type: string): boolean {
  return names.has(type)
}
