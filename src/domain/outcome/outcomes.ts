import { measure } from '#domain/case/measures.ts'
import {
  code,
  day,
  decimal,
  group,
  type In,
  integer,
  list,
  must,
  oneOf,
  optional,
  parameters,
  text,
  yes,
} from '#domain/fhir/parameters.ts'
import { measureDirections, measureUnits } from './measure-definition.ts'

/** The longest series that is asked for, in months. */
export const mostMonths = 60
export const usualMonths = 36

/** The input of `$outcomes`: how many months. */
export const outcomesRequest = parameters({
  months: must(
    optional(integer),
    (value) => Number.isInteger(value) && value >= 1 && value <= mostMonths,
    `must be a whole number from 1 to ${mostMonths}`,
  ),
})

/**
 * One month, `2026-10`. Without `denominator` it is hidden, because the numbers are small (or could be worked out from
 * others). A month that nobody has counted is not in the list.
 */
const outcomeMonth = group({
  month: text,
  numerator: optional(integer),
  denominator: optional(integer),
  value: optional(decimal),
  hidden: yes,
  /** who was to be asked in the month and was not */
  notAsked: optional(measure),
})

/** One organisation, over the months from `teamsFrom` to the last. */
const outcomeTeam = group({
  organisation: text,
  name: text,
  numerator: optional(integer),
  denominator: optional(integer),
  value: optional(decimal),
  hidden: yes,
})

const partnerAnswer = group({
  organisation: text,
  name: text,
  yes: yes,
  by: text,
  on: day,
  words: text,
})

const words = {
  title: text,
  question: text,
  numerator: text,
  denominator: text,
  exclusions: text,
  source: text,
} as const

const defined = {
  id: text,
  version: text,
  ...words,
  unit: oneOf(measureUnits, 'percent'),
  direction: oneOf(measureDirections, 'neutral'),
  target: optional(decimal),
  /** counted by Gable itself; otherwise a measure in CQL */
  builtIn: yes,
} as const

const waiting = group({ organisation: text, name: text })

/** An open question to the partners, and who has not answered it, or said no. */
const proposal = {
  kind: oneOf(['add', 'drop'], 'add'),
  by: text,
  on: day,
  why: text,
  answers: list(partnerAnswer),
  waitsFor: list(waiting),
} as const

const outcomeMeasure = group({
  ...defined,
  agreedOn: optional(day),
  agreedBy: list(partnerAnswer),
  /** somebody asks to drop it */
  toDrop: optional(group(proposal)),
  /** the oldest first */
  months: list(outcomeMonth),
  teams: list(outcomeTeam),
  teamsFrom: optional(text),
})

/** The result of `$outcomes`. */
export const outcomesParameters = parameters({
  /** the last day that is counted; absent: nothing has been counted */
  toDay: optional(day),
  /** people with a case in the last month */
  people: optional(measure),
  /** who said no to the use of their data for planning: in none of the results */
  leftOut: optional(measure),
  /** some of the results are of the practice copy: invented */
  invented: yes,
  partners: list(group({ organisation: text, name: text })),
  /** the caller’s organisation is a partner, and the caller answers for it */
  mayAnswer: yes,
  measures: list(outcomeMeasure),
  /** measures that wait for the yes of partners, to be added */
  proposed: list(group({ ...defined, ...proposal })),
  /** what Gable can count, and nobody has proposed */
  available: list(group({ ...words, id: code, unit: defined.unit, direction: defined.direction })),
})

export type Outcomes = In<typeof outcomesParameters>
export type OutcomeMeasure = Outcomes['measures'][number]
export type ProposedMeasure = Outcomes['proposed'][number]
