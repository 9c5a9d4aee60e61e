import { group, integer, mapped, optional, parameters } from '#domain/fhir/parameters.ts'

/** A number, or that it is smaller than the bound below which none is told. */
export type Measure = Readonly<{ count: number } | { fewerThan: number }>

const measure = mapped(group({ count: optional(integer), fewerThan: optional(integer) }), {
  write: (told: Measure) => told,
  read: ({ count, fewerThan = 0 }): Measure => (count === undefined ? { fewerThan } : { count }),
})

/** What `$measures` answers. */
export const measuresParameters = parameters({
  ...{ listed: measure, open: measure, paused: measure, agreed: measure },
  ...{ waiting: measure, without: measure, overdue: measure, unmet: measure },
})
