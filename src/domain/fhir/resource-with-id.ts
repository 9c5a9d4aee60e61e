import type { Resource } from '@medplum/fhirtypes'

/** A record that has its id. One name for it: TypeScript compares two alike unions of all kinds of records for seconds. */
export type ResourceWithId = Resource & { id: string }
