import type { Resource } from '@medplum/fhirtypes'

/** A record of the demonstration, always with its own id. */
export type SeedRecord = Resource & { id: string }
