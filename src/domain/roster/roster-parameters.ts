import { measure } from '#domain/case/measures.ts'
import {
  boolean,
  day,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The input of `Patient/$roster`. Without a date: today. Without an organisation: the caller’s own. */
export const rosterRequest = parameters({
  organisation: optional(text),
  date: optional(day),
  /** the first of the people to list, from zero */
  from: integer,
})

export const peopleAPage = 50

const person = group({
  id: text,
  family: text,
  given: text,
  birthDate: text,
  onDay: text,
  why: text,
  words: text,
})

/** The answer of `Patient/$roster`: who was on the list on a day, and what came before it, month by month. */
export const rosterAnswer = parameters({
  organisation: text,
  name: text,
  date: day,
  /** counts in fives, and nobody is named */
  rounded: boolean,
  people: measure,
  /** of these, who says no to anything now */
  saidNo: measure,
  practices: list(group({ id: text, name: text })),
  months: list(
    group({
      month: text,
      ...{ people: measure, joined: measure, left: measure, moved: measure, died: measure },
      saidNo: measure,
    }),
  ),
  /** on the list on that day, a page of them in the order of their names; `onDay`: since when */
  members: list(person),
  /** who came and left in that month */
  came: list(person),
  gone: list(person),
  lists: list(
    group({
      ...{ id: text, onDay: text, people: measure, joined: measure, gone: measure },
      ...{ reason: text, by: text, undone: boolean, undoneWhy: text, mayUndo: boolean },
    }),
  ),
})

export type Roster = In<typeof rosterAnswer>

/** The input of `$take-whole-list`: the whole registered list of a practice, after its rows were imported. */
export const wholeListRequest = parameters({
  organisation: text,
  date: day,
  /** how many people the system it comes from says are on it */
  count: integer,
  /**
   * one line for each row, its cells with a tab between them: the id that it has as a record, its NHS number if that
   * passes its check, the birth date, the family name and the first given name
   */
  rows: text,
  /** how many would leave, as it was shown; without it nothing is changed */
  confirm: optional(integer),
  reason: text,
})

export const wholeListAnswer = parameters({
  taken: boolean,
  list: text,
  onRoster: integer,
  onList: integer,
  joining: integer,
  leaving: integer,
  /** on the list, while their record names another practice or none */
  elsewhere: integer,
  /** on the list, and may be the person of a row: until somebody decides they do not leave */
  undecided: integer,
  /** rows without a record that the caller may see */
  missing: integer,
  /** rows with the number or the id of somebody else, or of somebody who has a row already */
  refused: integer,
  /** the first of them, by their place in the list */
  refusedRows: list(integer),
  /** more than a tenth would leave */
  tooMany: boolean,
  /** the first of those who would leave */
  people: list(group({ id: text, family: text, given: text, birthDate: text })),
})

export type WholeList = In<typeof wholeListAnswer>

/** The input of `$undo-whole-list`. */
export const undoListRequest = parameters({ list: text, reason: text })
export const undoListAnswer = parameters({ list: text, people: integer })
