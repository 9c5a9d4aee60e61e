/** One goal, step or concern of a plan from elsewhere, as its own system wrote it. */
export type ForeignLine = Readonly<{
  words: string
  /** the state in the words of FHIR, with spaces: “in progress”; empty if it is not said */
  state: string
  /** who does it, who is asked */
  who: readonly string[]
  /** days, instants or words such as “twice a week” */
  when: readonly string[]
  /** targets, notes, places and amounts */
  notes: readonly string[]
  /** the current plan says the same */
  isInCurrent: boolean
}>

/** A plan that another system made, beside the current one: nothing of it is merged into anything. */
export type ForeignPlan = Readonly<{
  id: string
  title: string
  isCurrent: boolean
  ended: boolean
  /** as FHIR has it: draft, active, on hold, revoked, completed, unknown */
  status: string
  madeBy: readonly string[]
  since?: string
  until?: string
  notes: readonly string[]
  goals: readonly ForeignLine[]
  steps: readonly ForeignLine[]
  needs: readonly ForeignLine[]
  team: readonly string[]
}>
