import { measure } from '#domain/case/measures.ts'
import {
  as,
  boolean,
  code,
  decimal,
  group,
  type In,
  integer,
  list,
  must,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { LifeSegment } from '#domain/stratification/segments.ts'
import type { ComparedBy, FairVerdict } from './compared.ts'
import type { MissingKind } from './missing.ts'
import { mostPlaces } from './places-request.ts'
import type { PyramidBand } from './pyramid.ts'

/** The input of `$population`: places to try; absent: the free places of the coordinators. */
export const populationRequest = parameters({
  places: must(
    optional(integer),
    (value) => Number.isInteger(value) && value >= 0 && value <= mostPlaces,
    `must be a whole number from 0 to ${mostPlaces}`,
  ),
})

const share = optional(decimal)

/** Share of all nights that the first people of an order carry. */
const curvePoint = group({
  /** of all people, in 100 */
  percent: decimal,
  people: measure,
  /** in 100 of all nights: in the order of last year’s use, and of the chance as of a year ago */
  byUse: share,
  byChance: share,
})

/** Share of what is known to have been paid, that the dearest people of one currency carry. */
const costPoint = group({
  /** of those whose cost is known, in 100 */
  percent: decimal,
  people: measure,
  share,
})

/** What care cost in the last twelve whole months, as others sent it, in one currency. */
const costCurve = group({
  currency: text,
  /** whose cost is known in it */
  people: measure,
  /** in whole units; absent where counts are rounded */
  amount: optional(decimal),
  curve: list(costPoint),
  /** the same at one in twenty of them; absent, as the curve, for fewer than twenty */
  top: optional(costPoint),
})

const coordinator = group({
  id: text,
  name: text,
  /** people on their caseload, paused ones too */
  people: measure,
  places: optional(integer),
  setBy: optional(text),
  setOn: optional(text),
  /** what was entered before, the newest first */
  earlier: list(group({ places: integer, setBy: text, setOn: text })),
})

/** Somebody just below the line: with a name, and the place, only for those who may see it. */
const personBelow = group({
  place: optional(integer),
  pseudonym: text,
  id: optional(text),
  family: optional(text),
  given: optional(text),
  title: optional(text),
  birthDate: optional(text),
  chance: optional(integer),
  chanceBefore: optional(integer),
  changeable: list(text),
})

/** The result of `$population`. A count is as it may be shown to the caller; a share is worked out from such counts. */
export const populationParameters = parameters({
  /** the caller gets rounded counts, none below five, and no names */
  rounded: yes,
  /** so few people that nothing can be said: then nothing else is there */
  tooFew: yes,
  total: measure,
  /** people with a chance, and those without */
  placed: measure,
  countedOn: optional(text),
  /** emergency stays of the last twelve months, and their nights */
  stays: measure,
  nights: measure,
  curve: list(curvePoint),
  /** the same at one in twenty people, and at our room */
  top: optional(curvePoint),
  room: optional(curvePoint),
  /** one for each currency, which are never added */
  costs: as('cost', list(costCurve)),
  /** people whose cost is not known: they are in no cost */
  withoutCost: measure,
  /** of 100 people in the top twentieth of the year before, how many are in it again */
  stillTop: share,
  bands: as(
    'band',
    list(
      group({
        band: wordOf<PyramidBand>(),
        people: measure,
        coordinated: measure,
        stayed: measure,
        frail: measure,
      }),
    ),
  ),
  segments: as('segment', list(group({ segment: wordOf<LifeSegment>(), people: measure }))),
  /** people of the top twentieth without a coordinator, and those of them about whom “not now” was decided */
  eligible: measure,
  notNow: measure,
  cells: as(
    'cell',
    list(
      group({
        /** chance, in 100, from and to */
        from: integer,
        to: integer,
        /** things that could be changed; 3 stands for three or more */
        things: integer,
        people: measure,
        /** how many of them are above the line; absent where it is not shown */
        above: optional(integer),
        line: wordOf<'above' | 'across' | 'below'>(),
      }),
    ),
  ),
  /** the line: places that were asked for, free places, and how many people are above it */
  places: integer,
  free: optional(integer),
  /** all places of the coordinators */
  allPlaces: optional(integer),
  selected: integer,
  /** of the people above the line, how many will have a stay within a year if nothing changes */
  expected: optional(integer),
  coordinators: as('coordinator', list(coordinator)),
  /** with rounded counts only at the line of free places, never at one that is tried */
  below: list(personBelow),
  /** people beyond those shown who are in the same cell, with the same chance */
  alsoBelow: measure,
  /** the first person above the line, for those who may see names */
  first: optional(personBelow),
  compared: list(
    group({
      by: wordOf<ComparedBy>(),
      of: code,
      selected: measure,
      eligible: measure,
      share,
      low: share,
      high: share,
      among: share,
      /** eligible people of the group with no contact within a year */
      unseen: measure,
      verdict: wordOf<FairVerdict>(),
    }),
  ),
  missing: list(group({ kind: wordOf<MissingKind>(), people: measure })),
  calibration: list(
    group({
      from: integer,
      to: integer,
      people: measure,
      /** in 100 of them */
      expected: share,
      observed: share,
      low: share,
      high: share,
    }),
  ),
  /** had as many been chosen a year ago: how many in 100 of them had a stay, and of all with a stay how many in 100 were among them */
  chosen: optional(measure),
  found: share,
  ofAll: share,
  /** the caller may enter places */
  maySetPlaces: boolean,
})

export type Population = In<typeof populationParameters>
export type PersonBelow = Population['below'][number]
