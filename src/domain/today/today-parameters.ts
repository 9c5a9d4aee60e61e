import { type NumberPlace, numbersOf } from '#domain/decimal/digits.ts'
import {
  as,
  type Codec,
  dateTime,
  decimal,
  group,
  id,
  idOf,
  integer,
  list,
  mapped,
  must,
  namedReference,
  oneOf,
  optional,
  type ParameterField,
  parameters,
  referenceField,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import { type PriorityBand, priorityBands, type TodayItem, todayKinds } from './today.ts'

/** Who an item is about, as the record says. */
export type TodayPerson = Readonly<{
  id: string
  family: string
  given: string
  birthDate?: string
  band: PriorityBand
  /** somebody else’s person, whom the reader looks after until that day */
  coverFor?: CoverFor
}>

type CoverFor = Readonly<{ name: string; until: string }>

export type Today = Readonly<{
  people: readonly TodayPerson[]
  items: readonly TodayItem[]
  /** people with a plan in an open case */
  plans: number
  /** needs that nobody can meet yet */
  unmet: number
  /** people the caller can see who are not on the caller's caseload, but whom an item is about */
  others?: readonly Omit<TodayPerson, 'band' | 'coverFor'>[]
  /** so many more things about people who are not on the caller's caseload: no more of them are listed at once */
  elsewhere?: number
  /** rules for finding people to which the reader is asked to agree: who asked, when, and from when it would run */
  rules?: readonly RuleAsked[]
  /** of the next seven days */
  meetings?: readonly TodayMeeting[]
  /** instant at which the reader last looked at this list; absent: never */
  lookedAt?: string
}>

/** A team meeting to which the reader is asked to come. */
export type TodayMeeting = Readonly<{ id: string; title: string; start: string; people: number }>

type RuleAsked = Readonly<{ rule: string; name: string; by: string; at: string; from: string }>

type ReadingItem = NonNullable<TodayItem['reading']>

const who = {
  id: as('who', idOf('Patient')),
  family: text,
  given: text,
  birthDate: optional(text),
}

const point = group({ at: dateTime, value: decimal })

const trend = group({ rule: text, version: text, amount: optional(decimal) })

/** On the wire a limit is beside the readings it was made for. */
const reading = mapped(
  group({
    kind: wordOf<ReadingItem['kind']>(),
    ...{ rise: optional(decimal), low: optional(decimal), high: optional(decimal) },
    ...{ riseOver: optional(decimal), riseDays: optional(decimal), limitSince: optional(text) },
    points: as('point', list(point)),
    alerts: as('alert', list(id)),
    ...{ worst: optional(point), latest: optional(point) },
    trends: as('trend', optional(list(trend))),
    answerBy: optional(dateTime),
    stands: optional(wordOf<NonNullable<ReadingItem['stands']>>()),
    ...{ before: optional(text), done: optional(text) },
  }),
  {
    write: ({ limit, alerts = [], ...rest }: ReadingItem) => ({
      ...{ ...rest, alerts, ...(limit.since ? { limitSince: limit.since } : {}) },
      ...numbersOf({ rise: [rest, 'rise'], ...limitsIn(limit) }),
    }),
    read: ({ kind, points, alerts, worst, latest, limitSince: since, ...rest }) => ({
      ...{ kind, points, alerts, ...(worst && { worst }), ...(latest && { latest }) },
      ...dutyIn(rest),
      ...numbersOf({ rise: [rest, 'rise'] }),
      limit: { kind, ...numbersOf(limitsIn(rest)), ...(since && { since }) },
    }),
  },
)

type Duty = Pick<ReadingItem, 'trends' | 'answerBy' | 'stands' | 'before' | 'done'>

const dutyIn = ({ trends, answerBy, stands, before, done }: Duty): Duty => ({
  ...{ ...(trends && { trends }), ...(answerBy && { answerBy }), ...(stands && { stands }) },
  ...{ ...(before && { before }), ...(done && { done }) },
})

function limitsIn(holder: object) {
  const at = (key: string): NumberPlace => [holder, key]
  return { low: at('low'), high: at('high'), riseOver: at('riseOver'), riseDays: at('riseDays') }
}

const coverFor = optional(group({ name: text, until: text }))

/** One line of Today. */
export const todayItemField: ParameterField<TodayItem> = group({
  kind: wordOf<TodayItem['kind']>(),
  person: as('who', idOf('Patient')),
  reference: as('about', referenceField),
  due: text,
  text,
  detail: optional(text),
  since: optional(text),
  notTo: optional(text),
  goal: optional(id),
  owner: optional(namedReference),
  whose: optional(namedReference),
  isTaken: as('taken', optional(yes)),
  coverFor,
  reading: optional(reading),
})

/** The result of `$today`. */
export const todayParameters: Codec<Today> = parameters({
  plans: integer,
  unmet: integer,
  people: as(
    'person',
    list(group({ band: as('stretch', oneOf(priorityBands, 'steady')), coverFor, ...who })),
  ),
  others: as('other', optional(list(group(who)))),
  elsewhere: optional(integer),
  items: as('item', list(todayItemField)),
  rules: as(
    'rule',
    optional(list(group({ rule: id, name: text, by: text, at: dateTime, from: text }))),
  ),
  meetings: as(
    'meeting',
    optional(list(group({ id, title: text, start: dateTime, people: integer }))),
  ),
  lookedAt: optional(dateTime),
})

/** The input of `$take-today`: a line of Today; `back`: who took it gives it back. */
export const takeTodayRequest = parameters({
  kind: must(
    wordOf<TodayItem['kind']>(),
    (word) => todayKinds.includes(word),
    'must be a kind of Today',
  ),
  person: as('who', idOf('Patient')),
  reference: as('about', referenceField),
  due: text,
  back: yes,
})
