import type { Resource } from '@medplum/fhirtypes'
import type { PlanRecord } from './plan.ts'

/** How one kind of plain record is mapped to FHIR: two pure functions. */
export type RecordKind<T extends PlanRecord, R extends Resource> = Readonly<{
  type: R['resourceType']
  /** `zone`: the service's, for days that came as instants */
  fromFhir: (resource: R, zone?: string) => T
  /** `onto` is the current resource: elements that we do not know are kept. */
  toFhir: (record: T, onto?: R, zone?: string) => R & { id: string }
}>
