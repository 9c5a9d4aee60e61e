import type { Parameters } from '@medplum/fhirtypes'
import { alikeDecided, alikePairs } from '#domain/alike/decide-alike-request.ts'
import {
  as,
  boolean,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** One record of several that share an NHS number. */
export type Duplicate = Readonly<{
  id: string
  family?: string
  given?: string
  birthDate?: string
  hasOpenCase: boolean
  /** messages, emergency access and the person's own sign-in use this one until it is decided */
  counts: boolean
}>

export type SharedNumber = Readonly<{ nhsNumber: string; records: readonly Duplicate[] }>

/** So many pairs are shown at first, and so many more each time somebody asks. */
export const pairsAtOnce = 20

/** The input of `$possible-duplicates`; `count`: so many pairs that look alike. */
export const duplicatesRequest = parameters({ count: optional(integer) })

/** The result of `$possible-duplicates`. */
export const possibleDuplicates = parameters({
  shared: list(
    group({
      nhsNumber: text,
      records: as(
        'record',
        list(
          group({
            id: text,
            family: optional(text),
            given: optional(text),
            birthDate: optional(text),
            caseStatus: optional(text),
            counts: boolean,
          }),
        ),
      ),
    }),
  ),
  /** records that look alike, without a number to tell them apart by */
  alike: alikePairs,
  /** how many pairs there are to decide about */
  alikeTotal: integer,
  decided: as('decidedAlike', alikeDecided),
})

export type AlikePair = In<typeof possibleDuplicates>['alike'][number]
export type DecidedPair = In<typeof possibleDuplicates>['decided'][number]

/** Everything that somebody has to decide about records of one person, and what was decided. */
export type Duplicates = Readonly<{
  numbers: readonly SharedNumber[]
  /** the first of `alikeTotal` */
  alike: readonly AlikePair[]
  alikeTotal: number
  decided: readonly DecidedPair[]
}>

const open = ['planned', 'waitlist', 'active', 'onhold']

export function duplicatesFromParameters(answer: Parameters): Duplicates {
  const { shared, alike, alikeTotal, decided } = possibleDuplicates.read(answer)
  const numbers = shared.map(({ nhsNumber, records }) => ({
    nhsNumber,
    records: records.map(({ caseStatus = '', ...each }) => ({
      ...each,
      hasOpenCase: open.includes(caseStatus),
    })),
  }))
  return { numbers, alike, alikeTotal, decided }
}

/** Which of two records is in use, and which points to it: the input of `$join-records` and `$part-records`. */
export const joinRequest = parameters({ keep: text, join: text })

export type JoinedBoth = In<typeof joinRequest>

/** The result of both. */
export const joinAnswer = parameters({ keep: text })
