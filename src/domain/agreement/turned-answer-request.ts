import {
  as,
  group,
  type In,
  id,
  integer,
  list,
  must,
  oneOf,
  optional,
  parameters,
  referenceField,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import { type AnswerCode, answerCodes } from './fhir.ts'
import type { HelperRole } from './given-how.ts'

const longest = 4000
const short = must(text, (said) => said.length <= longest, 'is too long')

/** The input of `$turn-screen`: the version that is on the screen, and who is beside the person. */
export const turnScreenRequest = parameters({
  version: must(integer, (said) => said > 0, 'must be a version of the plan'),
  helpers: as(
    'helper',
    list(
      group({
        role: oneOf<HelperRole>(['advocate', 'interpreter'], 'advocate'),
        name: must(text, (said) => said.trim() !== '', 'must name the advocate or interpreter'),
        language: optional(text),
      }),
    ),
  ),
})

/** The input of `$turned-answer`. The id is chosen by the page, so that an answer that is sent twice is one answer. */
export const turnedAnswerRequest = parameters({
  id: must(id, (said) => /^[A-Za-z0-9\-.]{1,64}$/.test(said), 'must be an id'),
  version: must(integer, (said) => said > 0, 'must be the version that was shown'),
  answer: must(
    wordOf<AnswerCode>(),
    (said) => answerCodes.includes(said),
    `must be one of ${answerCodes.join(', ')}`,
  ),
  words: short,
  notAgreed: as('not-agreed', list(group({ record: referenceField, words: short }))),
})

export type TurnedAnswer = In<typeof turnedAnswerRequest>
