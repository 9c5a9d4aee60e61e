import {
  as,
  boolean,
  code,
  decimal,
  group,
  type In,
  integer,
  list,
  mapped,
  must,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import { outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import { frailtyBands } from '#domain/risk/frailty.ts'
import { changeables } from '#domain/stratification/changeable.ts'
import type { UpReason } from '#domain/stratification/moved-up.ts'
import { type NeedFlag, needFlags } from '#domain/stratification/need-flags.ts'
import { segments } from '#domain/stratification/segments.ts'

import { measure } from './measures.ts'

const findOrders: readonly string[] = [
  ...['frailty', 'chance', 'changeable', 'line', 'cost', 'suggested'],
]

export const knownKinds = ['no-coordinator', 'on-caseload', 'not-now', 'all'] as const
export type Known = (typeof knownKinds)[number]

const trimmed = mapped(text, {
  write: (words: string) => words,
  read: (said) => said.trim(),
})
const choice = (words: readonly string[]) =>
  must(
    optional(trimmed),
    (word) => word === '' || words.includes(word),
    `must be one of ${words.join(', ')}`,
  )
const number = must(
  optional(integer),
  (value) => Number.isInteger(value) && value >= 0 && value <= 1_000_000,
  'must be a whole number, zero or more',
)

/** What narrows and orders the list; a saved list keeps them. */
export const findFilterFields = {
  text: optional(trimmed),
  band: choice(frailtyBands),
  condition: optional(trimmed),
  known: choice(knownKinds),
  segment: choice(segments),
  changeable: choice(changeables),
  /** needs that no score counts */
  flag: choice(needFlags),
  /**
   * `frailty`: count, then Charlson, then emergency care; `chance` and `changeable`: only people who have a chance, as
   * with `line`: the chance in columns of ten, then what could be changed, as on “Our population”;
   * `cost`: of the last twelve whole months, only where one is known, each currency by itself; `outside:` and a code: a
   * score from elsewhere; `suggested`: `chance` where most people have one, else `frailty`
   */
  order: must(
    optional(trimmed),
    (word) => word === '' || findOrders.includes(word) || outsideOrder.test(word),
    `must be one of ${findOrders.join(', ')}, or outside: and the code of a score`,
  ),
  ageFrom: number,
  ageTo: number,
  unscored: boolean,
  /** id of a rule that is switched on: only whom its last run found */
  rule: optional(trimmed),
}

const filters = parameters(findFilterFields)
export type FindFilter = In<typeof filters>

/** The input of `$find-people`: all of it may be absent. `cohort` is a saved list, which brings its own filters. */
export const findPeopleRequest = parameters({
  ...findFilterFields,
  cohort: optional(trimmed),
  count: number,
  offset: number,
  /** works out nobody first */
  asItIs: optional(yes),
  /** answers only how much is left to work out (`workingOut`), after working on it unless `asItIs` */
  leftOnly: optional(yes),
})

const person = group({
  id: text,
  family: optional(text),
  given: optional(text),
  title: optional(text),
  birthDate: optional(text),
  nhsNumber: optional(text),
  charlson: optional(integer),
  frailty: optional(integer),
  band: optional(text),
  admissions: integer,
  medicines: integer,
  /** conditions with codes that no score knows */
  unmapped: optional(integer),
  case: optional(text),
  caseStatus: optional(text),
  coordinator: optional(text),
  notNow: optional(text),
  /** of “not now”: the day to look again, who decided (`coordinator`) and when; due: the person is listed again */
  lookAgain: optional(text),
  decidedOn: optional(text),
  /** the caller decided it */
  decidedByMe: optional(yes),
  isDue: optional(yes),
  died: optional(yes),
  /** the record is no longer in use */
  setAside: optional(yes),
  /** the day on which they left, or will leave, the last list of a practice that they were on */
  leftOn: optional(text),
  conditions: as('condition', list(text)),
  /** of 100 people like this one, how many had an emergency stay within a year */
  chance: optional(integer),
  chanceLow: optional(integer),
  chanceHigh: optional(integer),
  /** how many people the chance was counted from */
  chancePeople: optional(integer),
  /** whom the person is like, `stays/band/age`, as far as it was compared */
  chanceCompared: optional(text),
  /** the chance a year ago */
  chanceBefore: optional(integer),
  /** emergency stays that began in the last twelve months, and their nights */
  stays: optional(integer),
  bedDays: optional(integer),
  persistent: optional(yes),
  segment: optional(text),
  subsegment: optional(text),
  lastContact: optional(text),
  /** not in this saved list when the reader last marked it as seen */
  isNew: optional(yes),
  /** their chance when the reader last marked the list as seen, if it is higher now, and why */
  chanceSeen: optional(integer),
  upBecause: optional(wordOf<UpReason>()),
  /** they said no to case management */
  noCase: optional(yes),
  /** of the last twelve whole months, in whole units; absent: not known, or in two currencies */
  cost: optional(integer),
  costCurrency: optional(text),
  /** lines of these months without a cost */
  costMissing: optional(integer),
  /** the latest score of each kind that somebody else worked out */
  outside: list(group({ code, value: decimal })),
  changeable: list(text),
  /** needs that no score counts */
  flags: list(wordOf<NeedFlag>()),
  /** ids of the rules that found them, of those in `rules` */
  foundBy: list(text),
})

const left = {
  /** how many people whom the caller may be shown are shown and counted as they were before; absent: nobody */
  notWorkedOut: optional(integer),
  /** of their rows, costs and chances: how many are left. It goes down while their number stays */
  stepsLeft: optional(integer),
}

/** The result of `$find-people` with `leftOnly`: nobody is shown. */
export const workingOut = parameters(left)

/** The result of `$find-people`: one page, and the count for each filter. */
export const foundPeople = parameters({
  total: integer,
  unscored: integer,
  /** people who said no to being looked for, and are in no answer; rounded, and not narrowed by any filter */
  saidNo: optional(measure),
  /** the order in which they are */
  order: optional(text),
  /** the day on which the chances were counted, `YYYY-MM-DD`; absent: not yet */
  countedOn: optional(text),
  ...left,
  /** of a saved list: what changed since this reader marked it as seen; `tooMany` to compare */
  news: optional(
    group({
      since: optional(text),
      come: optional(integer),
      gone: optional(integer),
      /** of the list without a name: how many of its first moved up */
      up: optional(integer),
      tooMany: optional(yes),
      /** to mark exactly these people as seen */
      stamp: optional(text),
    }),
  ),
  /** the rules of the reader’s organisation that are switched on */
  rules: as('rule', list(group({ id: text, version: integer, name: text }))),
  facets: as('facet', list(group({ of: code, value: text, count: integer }))),
  people: as('person', list(person)),
})

export type FoundPerson = In<typeof foundPeople>['people'][number]
export type Facet = In<typeof foundPeople>['facets'][number]
