import {
  as,
  boolean,
  code,
  dateTime,
  group,
  list,
  optional,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import type { AlikeFact } from './alike.ts'

/** `same`: one person, and one record is joined to the other; `different`: two people, and nobody is asked again. */
export type AlikeDecision = 'same' | 'different'

/** Two records that may be about one person, about which nobody has decided; what a record does not say is left out. */
export const alikePairs = list(
  group({
    records: as(
      'record',
      list(
        group({
          id: text,
          ...{ family: optional(text), given: optional(text), birthDate: optional(text) },
          gender: optional(text),
          /** in one line, with the postcode */
          address: optional(text),
          nhsNumber: optional(text),
          /** the check digit of its number is right */
          isChecked: boolean,
          /** the name of the practice */
          practice: optional(text),
          hasOpenCase: boolean,
        }),
      ),
    ),
    agree: list(wordOf<AlikeFact>()),
    differ: list(wordOf<AlikeFact>()),
    /** which versions were compared: whoever decides sends it back */
    seen: text,
  }),
)

/** What was decided, the newest first. */
export const alikeDecided = list(
  group({
    records: as('record', list(group({ id: text, family: optional(text), given: optional(text) }))),
    decision: wordOf<AlikeDecision>(),
    by: text,
    at: dateTime,
    /** whoever undoes it sends it back */
    seen: text,
  }),
)

/** The input of `$decide-alike`: two records, and what somebody decided about them. */
export const decideAlikeRequest = parameters({
  person: text,
  other: text,
  /** `same`, `different`, or `undo` */
  decision: code,
  /** of `same`: the record that is used from now on */
  keep: optional(text),
  /** as `$possible-duplicates` said it: if something has changed since, nothing is decided */
  seen: text,
})
