import {
  boolean,
  decimal,
  id,
  must,
  optional,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'

const askKinds = ['add', 'drop', 'take-back'] as const
type AskKind = (typeof askKinds)[number]

const mostTarget = 1_000_000

/** What `$propose-measure` takes. */
export const proposeMeasureRequest = parameters({
  measure: must(id, (value) => value !== '', 'must name a measure'),
  kind: must(
    wordOf<AskKind>(),
    (word) => askKinds.includes(word),
    `must be one of ${askKinds.join(', ')}`,
  ),
  target: must(
    optional(decimal),
    (value) => Math.abs(value ?? 0) <= mostTarget,
    'must be a number that can be reached',
  ),
  why: text,
})

/** What `$agree-measure` takes. */
export const agreeMeasureRequest = parameters({
  measure: must(id, (value) => value !== '', 'must name a measure'),
  yes: boolean,
  words: text,
})
