import { addDays, daysBetween, dayWritten } from '#domain/calendar/days.ts'
import type { PersonRecord, RecordEntry } from '#domain/record/person-record.ts'

/** Why a review is due. */
export type ReviewReason =
  | Readonly<{ why: 'planned'; on: string }>
  | Readonly<{
      why: 'discharge' | 'fall' | 'bereavement' | 'carer-change'
      on: string
      what: string
    }>
  | Readonly<{ why: 'long-ago'; on: string; days: number }>

export type ReasonFacts = Readonly<{
  today: string
  reviewOn?: string
  /** when the plan was last reviewed, or started: day or instant */
  since?: string
  record: Pick<PersonRecord, 'conditions' | 'stays'>
  /** carers who began or ended, and when */
  carers: readonly Readonly<{ name: string; on: string }>[]
}>

/**
 * Reviews of people with a case manager: every three months (clinical review cycle; the number is our own choice).
 * @unverified review-days
 */
export const daysBetweenReviews = 90
/** So long after an event a review is still because of it: our own choice. */
const daysAfterEvent = 30

const fallWords = /\bfall(s|en)?\b/i
const lossWords = /bereave|death of (a |the )?(husband|wife|partner|spouse|carer)|family member/i
const isFall = ({ coded, plain }: RecordEntry) => plain === 'falls' || fallWords.test(coded)
const isLoss = ({ coded }: RecordEntry) => lossWords.test(coded)

/**
 * Every reason why a review is due today, the planned date first. An event counts once: not if the plan was reviewed
 * since. An event is found by its words in the record: one that is written in other words is missed.
 * @unverified review-days
 */
export function reviewReasons(facts: ReasonFacts): readonly ReviewReason[] {
  const { today, reviewOn, since, record, carers } = facts
  const from = [since ? dayWritten(since) : '', addDays(today, -daysAfterEvent)].toSorted().at(-1)
  const isNew = (on: string | undefined): on is string =>
    on !== undefined && on.length >= 10 && dayWritten(on) >= (from ?? '') && dayWritten(on) <= today
  const conditionsThat = (why: 'fall' | 'bereavement', is: (each: RecordEntry) => boolean) =>
    record.conditions.flatMap((each): readonly ReviewReason[] =>
      is(each) && isNew(each.at) ? [{ why, on: each.at, what: each.coded }] : [],
    )
  const homecomings = record.stays.flatMap(({ until, coded }): readonly ReviewReason[] =>
    isNew(until) ? [{ why: 'discharge', on: until, what: coded }] : [],
  )
  return [
    ...(reviewOn && reviewOn <= today ? [{ why: 'planned', on: reviewOn } as const] : []),
    ...homecomings,
    ...conditionsThat('fall', isFall),
    ...conditionsThat('bereavement', isLoss),
    ...carers.flatMap(({ name, on }): readonly ReviewReason[] =>
      isNew(on) ? [{ why: 'carer-change', on, what: name }] : [],
    ),
    ...longAgo(since, today),
  ]
}

function longAgo(since: string | undefined, today: string): readonly ReviewReason[] {
  if (!since) return []
  const days = daysBetween(dayWritten(since), today)
  return days > daysBetweenReviews ? [{ why: 'long-ago', on: since, days }] : []
}
