import {
  day,
  type In,
  idOf,
  instant,
  integer,
  mapped,
  must,
  optional,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { type BreakGlassReason, breakGlassReasons } from './break-glass.ts'

const longest = 1000

const asWritten = (words: string) => words

/** The input of `$break-glass`. A number may be written in groups. */
export const breakGlassRequest = parameters({
  nhsNumber: must(
    mapped(text, { write: asWritten, read: (said) => said.replace(/[\s-]/g, '') }),
    isNhsNumber,
    'must be an NHS number of ten digits',
  ),
  birthDate: must(day, (said) => /^\d{4}-\d\d-\d\d$/.test(said), 'must be a day, YYYY-MM-DD'),
  reason: must(
    wordOf<BreakGlassReason>(),
    (said) => breakGlassReasons.includes(said),
    `must be one of ${breakGlassReasons.join(', ')}`,
  ),
  words: must(
    mapped(text, { write: asWritten, read: (said) => said.trim().slice(0, longest) }),
    (said) => said !== '',
    'must give the reason in your own words',
  ),
})

export type BreakGlass = In<typeof breakGlassRequest>

/** Its result. Without `until` nothing had to be opened: the caller is named in this person’s care. */
export const breakGlassAnswer = parameters({
  person: idOf('Patient'),
  until: optional(instant),
  opening: optional(idOf('Flag')),
})

/** The result of `$end-break-glass`: how many openings were ended. */
export const breakGlassEnded = parameters({ ended: integer })
