import {
  as,
  boolean,
  group,
  integer,
  list,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'

/** How long a card counts and its link works, and again from the day on which it is renewed. */
export const cardLinkMonths = 12
/** So many cards of one person can be in use at a time: who has more no longer knows where they are. */
export const mostCards = 6

/** Where a card is kept, so that the right one is ended when it is lost. */
export const cardUses = ['wallet', 'phone', 'home', 'bag', 'helper', 'other'] as const
export type CardUse = (typeof cardUses)[number]
export const cardUseIn = (word: string): CardUse | undefined =>
  cardUses.find((each) => each === word)

/** `ended`: somebody stopped it. */
export type CardLinkState = 'open' | 'expired' | 'ended'
/** `new`: one more card; `replace`: a new one, and the old one stops; `renew`: the same for another year; `end`: it stops. */
export const cardLinkActs = ['new', 'replace', 'renew', 'end'] as const
export type CardLinkAct = (typeof cardLinkActs)[number]

/** The cards of a person, those in use first. Instants; the token only in the answer that made it. */
export const cardLinkAnswer = parameters({
  cards: as(
    'card',
    list(
      group({
        id: text,
        state: wordOf<CardLinkState>(),
        use: wordOf<CardUse>(),
        /** it has a code that opens what is written today; without a team server it is paper alone */
        hasLink: as('has-link', boolean),
        illnesses: boolean,
        /** it says what matters, and who has the whole plan */
        matters: boolean,
        made: text,
        madeBy: as('made-by', text),
        expires: text,
        ended: optional(text),
        endedBy: as('ended-by', optional(text)),
        opened: integer,
        lastOpened: as('last-opened', optional(text)),
      }),
    ),
  ),
  token: optional(text),
})

/**
 * The input of `$set-card-link`; `card`: which one, unless it is new; `agreed`: how the person said yes, if somebody else
 * does it.
 */
export const cardLinkRequest = parameters({
  act: text,
  card: text,
  use: text,
  illnesses: yes,
  matters: yes,
  /** without a link: on a device of its own nobody else could open it */
  paper: yes,
  agreed: text,
})
