import type { WrittenBy } from './plan.ts'

/** A comment about a record of the plan; it changes nothing in it. `about` is a FHIR reference. */
export type Comment = Readonly<{
  id: string
  person: string
  about: string
  text: string
  written: WrittenBy
}>
