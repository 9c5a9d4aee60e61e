import { group, integer, mapped, optional, parameters } from '#domain/fhir/parameters.ts'

/** A number, or that it is below the limit under which no number is given. */
export type Measure = Readonly<{ count: number } | { fewerThan: number }>

/** One of them in the parameters of an operation. */
export const measure = mapped(group({ count: optional(integer), fewerThan: optional(integer) }), {
  write: (value: Measure) => value,
  read: ({ count, fewerThan = 0 }): Measure => (count === undefined ? { fewerThan } : { count }),
})

/** The result of `$measures`. */
export const measuresParameters = parameters({
  ...{ listed: measure, open: measure, paused: measure, agreed: measure },
  ...{ waiting: measure, without: measure, overdue: measure, unmet: measure },
  // help for looking after oneself: how much was offered, taken up, and helped
  ...{ offered: measure, takenUp: measure, helped: measure },
  // what people said after a conversation about their plan
  ...{ asked: measure, talked: measure, talkedPartly: measure, talkedNot: measure },
  // people with a case whose data is left out of all of these, as they asked
  leftOut: measure,
  ...{ decided: measure, decidedPartly: measure, decidedNot: measure },
})
