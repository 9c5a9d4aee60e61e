import type { ResourceWithId } from '#domain/import/resource-with-id.ts'

/** A record of the demonstration, always with its own id. */
export type SeedRecord = ResourceWithId
