import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

/** A record of the demonstration, always with its own id. */
export type SeedRecord = ResourceWithId
