import { as, optional, parameters, text, wordOf } from '#domain/fhir/parameters.ts'

/** How long the link of an emergency card works, and again from the day on which it is renewed. */
export const cardLinkMonths = 12

/** `none`: nobody made one yet; `ended`: somebody stopped it. */
export type CardLinkState = 'none' | 'open' | 'expired' | 'ended'
/** `new`: a new link, and the one before stops; `renew`: the same for another year; `end`: it stops. */
export const cardLinkActs = ['new', 'renew', 'end'] as const
export type CardLinkAct = (typeof cardLinkActs)[number]

/** The latest link of a person. Instants; the token only in the answer that made it. */
export const cardLinkAnswer = parameters({
  state: wordOf<CardLinkState>(),
  made: optional(text),
  madeBy: as('made-by', optional(text)),
  expires: optional(text),
  ended: optional(text),
  endedBy: as('ended-by', optional(text)),
  token: optional(text),
})

/** The input of `$set-card-link`; `agreed`: how the person said yes, if somebody else does it. */
export const cardLinkRequest = parameters({ act: text, agreed: text })
