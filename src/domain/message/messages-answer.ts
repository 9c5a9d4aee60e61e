import {
  as,
  boolean,
  dateTime,
  group,
  type In,
  id,
  idOf,
  integer,
  list,
  namedReference,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { MessageReaders } from './is-message.ts'
import type { MessageTopic } from './message.ts'

/** The answer of `$message-readers`: who reads messages about a person, and when. */
export const messageReadersAnswer = parameters({
  /** the organisation whose team reads them; empty: nobody coordinates the care */
  organisation: text,
  /** whose task it is to read them; absent: nobody’s yet */
  coordinator: optional(namedReference),
  /** from when on a message that is sent now is read, and by when it has been seen */
  from: optional(dateTime),
  by: optional(dateTime),
  isNow: as('is-now', yes),
  /** the team’s hours are recorded; otherwise office hours are assumed */
  isKnown: as('is-known', boolean),
  /** carers with whom the conversation is shared; for a carer only themselves */
  carers: as('carer', list(group({ who: namedReference }))),
  /** so many more carers, for a reader who is not told their names */
  others: integer,
})
export type WhoReadsMessages = In<typeof messageReadersAnswer>

/** The answer of `$messages`: threads about the people for whom the caller is named. No word of a message is in it. */
export const messagesAnswer = parameters({
  threads: as(
    'thread',
    list(
      group({
        id,
        ...{ who: idOf('Patient'), family: text, given: text },
        ...{ readers: wordOf<MessageReaders>(), topic: wordOf<MessageTopic>() },
        ...{ count: integer, lastAt: as('last', dateTime), lastBy: as('last-by', text) },
        /** the caller has not seen it */
        isNew: as('new', yes),
        /** from the person or a carer, and nobody of the team has seen it: by when somebody has to */
        by: optional(dateTime),
        isLate: as('late', yes),
        coordinator: optional(namedReference),
      }),
    ),
  ),
  /** more than there are in it: those that waited longest, and are new, stand in it */
  total: integer,
})
export type MessageLine = In<typeof messagesAnswer>['threads'][number]
