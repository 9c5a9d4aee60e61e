import type { Resource } from '@medplum/fhirtypes'

/** A record with an id. One name for it: TypeScript compares two similar unions of all kinds of records for seconds. */
export type ResourceWithId = Resource & { id: string }
