import { group, type In, optional, parameters, text } from '#domain/fhir/parameters.ts'

/** The result of `$who-covers`: for the person, their carers and the team, whom to ask now. */
export const whoCoversAnswer = parameters({
  /** whoever coordinates the care is away: until when, and who is asked meanwhile */
  away: optional(group({ name: text, until: text, cover: text, phone: text })),
  /** somebody else coordinates the care since a short time: who, since when, who did before, and why in words */
  changed: optional(group({ name: text, since: text, before: text, why: text })),
})
export type WhoCovers = In<typeof whoCoversAnswer>
