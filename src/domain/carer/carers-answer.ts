import {
  as,
  boolean,
  code,
  dateTime,
  day,
  group,
  type In,
  id,
  idOf,
  integer,
  list,
  namedReference,
  oneOf,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import { assessmentAnswers } from './carer-offer.ts'
import type { CarerTopic } from './carer-shares.ts'

const who = namedReference

const reply = group({
  answer: wordOf<(typeof assessmentAnswers)[number]>(),
  words: text,
  by: who,
  at: dateTime,
})

const offer = group({ id, words: text, by: who, at: dateTime, replies: as('reply', list(reply)) })

const decided = group({ eligible: boolean, reason: text, by: who, at: dateTime })

/**
 * After a carer’s yes: a record can be opened; their number has to be written down first; or neither, and the carer has
 * to be asked. The last is said of a number that is wrong as of one that has a record here, which is not for the reader.
 */
const openings = ['open', 'number', 'ask'] as const

/** What the carer shows of their own record to this reader. */
const shown = group({
  topics: as('topic', list(wordOf<CarerTopic>())),
  words: text,
  heavy: optional(integer),
  saidAt: as('said-at', dateTime),
  needs: as('need', list(group({ words: text, unmet: yes }))),
  goals: as('goal', list(text)),
  assessedAt: as('assessed-at', dateTime),
  decided: optional(decided),
})

const carer = group({
  id: idOf('RelatedPerson'),
  name: text,
  relationship: text,
  phones: as('phone', list(text)),
  does: list(text),
  livesWith: as('lives-with', optional(boolean)),
  isOver: as('over', yes),
  endedOn: as('ended-on', day),
  endedWhy: as('ended-why', text),
  /** the reader */
  isSelf: as('self', yes),
  read: list(code),
  until: day,
  offers: as('offer', list(offer)),
  /** their own record, if the reader may open it */
  record: optional(idOf('Patient')),
  /** what a reader can do who might open a record for them; empty for everybody else */
  opening: oneOf(['', ...openings], ''),
  shown: optional(shown),
})

/** The result of `$carers`. */
export const carersAnswer = parameters({ carers: as('carer', list(carer)) })
export type CarerShown = In<typeof carersAnswer>['carers'][number]

/** The input of `$add-carer`; `sees`: the rooms that are shared, or asked for by a professional. */
export const addCarerRequest = parameters({
  name: text,
  relationship: text,
  phone: text,
  nhsNumber: as('nhs-number', text),
  does: list(text),
  livesWith: as('lives-with', optional(boolean)),
  sees: list(code),
})

/** `already`: somebody of this name and relationship helps already, and nothing was written. */
export const addCarerAnswer = parameters({ carer: idOf('RelatedPerson'), already: yes })

/** The input of `$end-carer`. */
export const endCarerRequest = parameters({ carer: idOf('RelatedPerson'), why: text })
export const endCarerAnswer = parameters({ carer: idOf('RelatedPerson'), ended: boolean })

/** The input of `$carer-offer`: `answer` replies to the last offer; without it, an assessment is offered. */
export const carerOfferRequest = parameters({
  carer: idOf('RelatedPerson'),
  answer: oneOf(['none', ...assessmentAnswers], 'none'),
  words: text,
})
/** `already`: the same was offered, or answered, before. */
export const carerOfferAnswer = parameters({ offer: optional(offer), already: yes })

/** The input of `$open-carer-record`: how the carer agreed, in words, unless they do it themselves. */
export const openCarerRecordRequest = parameters({ carer: idOf('RelatedPerson'), agreed: text })
export const openCarerRecordAnswer = parameters({ record: idOf('Patient') })

/** The result of `$caring-for`: the parts that this person has in the care of others. */
export const caringForAnswer = parameters({
  roles: as(
    'role',
    list(group({ carer: id, name: text, read: list(code), offers: as('offer', list(offer)) })),
  ),
})

export type CaringFor = In<typeof caringForAnswer>['roles'][number]
