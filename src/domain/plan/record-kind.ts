import type { Resource } from '@medplum/fhirtypes'
import type { PlanRecord } from './plan.ts'

/** How one kind of plain record meets FHIR: two pure functions. */
export type RecordKind<T extends PlanRecord, R extends Resource> = Readonly<{
  type: R['resourceType']
  /** `zone`: the service's, for days that came as instants */
  fromFhir: (resource: R, zone?: string) => T
  /** `onto` is the resource as it stands: what we do not know in it is kept. */
  toFhir: (record: T, onto?: R, zone?: string) => R & { id: string }
}>
