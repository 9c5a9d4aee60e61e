import { measure } from '#domain/case/measures.ts'
import {
  as,
  group,
  type In,
  instant,
  integer,
  list,
  must,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { ScoreDirection } from './outside-instrument.ts'

/** Which end of a score asks for help first, and who said so. Absent: it was taken back. */
export type StatedDirection = Readonly<{
  code: string
  direction?: ScoreDirection
  words: string
  by: string
  /** an instant */
  at: string
  /** counts up with every change, from 1 */
  version: number
}>

export const longestDirectionWords = 1_000

/** What is wrong with a statement; undefined: nothing. */
export function directionFault({
  direction,
  words,
}: Readonly<{ direction: string; words: string }>): 'direction' | 'words' | 'too-long' | undefined {
  if (direction === '') return 'direction'
  if (words.trim() === '') return 'words'
  return words.length > longestDirectionWords ? 'too-long' : undefined
}

/** The input of `$score-direction`; `unknown` takes back what was said. */
export const scoreDirectionRequest = parameters({
  code: text,
  direction: must(
    wordOf<ScoreDirection | 'unknown'>(),
    (word) => ['high', 'low', 'unknown'].includes(word),
    'must be one of high, low, unknown',
  ),
  /** why: where it says so */
  words: text,
  /** the version that was seen; 0: nobody said anything yet */
  version: integer,
})

const scoreWithDirection = group({
  code: text,
  people: measure,
  /** absent: not known, and it orders no list */
  direction: optional(wordOf<ScoreDirection>()),
  /** where the direction of a known score is published */
  published: optional(text),
  version: integer,
  by: optional(text),
  at: optional(instant),
  words: optional(text),
})

/** The result of both operations: the scores from elsewhere that are here. */
export const scoreDirections = parameters({
  mayDecide: yes,
  scores: as('score', list(scoreWithDirection)),
})
export type ScoreDirections = In<typeof scoreDirections>
