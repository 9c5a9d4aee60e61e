import { addDays, daysBetween } from '#domain/calendar/days.ts'
import type { Action, PromiseAnswer } from '#domain/goal/goal.ts'
import { promiseState, withAnswer } from '#domain/goal/promise-state.ts'
import { outsideLimits, type ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading } from '#domain/reading/reading.ts'

/** Why somebody needs something now, the most pressing first. */
export type TodayKind = 'safety' | 'home' | 'admitted' | 'reading' | 'promise' | 'review' | 'silent'
export const todayKinds: readonly TodayKind[] = [
  'safety',
  'home',
  'admitted',
  'reading',
  'promise',
  'review',
  'silent',
]

export type Stay = Readonly<{ id: string; from: string; until?: string; reason: string }>

/** What the record says about one person on a caseload. Instants and days as in FHIR. */
export type TodayFacts = Readonly<{
  person: string
  paused: boolean
  caseSince?: string
  actions: readonly Action[]
  answers: readonly PromiseAnswer[]
  /** stays in hospital, those of the last fortnight and those still going on */
  stays: readonly Stay[]
  readings: readonly Reading[]
  limits: readonly ReadingLimit[]
  /** ids of the readings that somebody has already dealt with */
  seenReadings: readonly string[]
  safety: readonly Readonly<{ id: string; at: string; text: string }>[]
  review?: Readonly<{ plan: string; on: string }>
  /** the last visit, call, message or reading by the person */
  lastContact?: string
}>

export type TodayItem = Readonly<{
  kind: TodayKind
  person: string
  /** the record it is about, e.g. `Task/1` */
  reference: string
  /** by when, or since when: day or instant */
  due: string
  /** words of the record: what was promised, why in hospital */
  text: string
  /** a code that says more: `overdue`, `did-not-happen`; `low`, `high`, `rise` */
  detail?: string
  /** who promised it */
  owner?: Readonly<{ reference: string; name: string }>
  reading?: Readonly<{
    kind: Reading['kind']
    limit: ReadingLimit
    rise?: number
    points: readonly Readonly<{ at: string; value: number }>[]
  }>
}>

const fortnight = 14
const silence = 60
const hoursToRing = 48
const daysOfAdmission = 3

/** What one person needs of the team now. A paused case is silent except for safety. */
export function itemsFor(facts: TodayFacts, now: string): readonly TodayItem[] {
  const safety = facts.safety.map(({ id, at, text }) =>
    itemOf(facts, { kind: 'safety', reference: `Flag/${id}`, due: at, text }),
  )
  if (facts.paused) return safety
  const rules = [homeRule, admittedRule, readingRule, promiseRule, reviewRule, silenceRule]
  return [...safety, ...rules.flatMap((rule) => rule(facts, now))]
}

const itemOf = (facts: TodayFacts, item: Omit<TodayItem, 'person'>): TodayItem => ({
  ...item,
  person: facts.person,
})

/** Home within the last fortnight, and nobody has been in touch since. To be rung within 48 hours. */
function homeRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  if (isInHospital(facts)) return []
  const last = facts.stays.toSorted((a, b) => (b.until ?? '').localeCompare(a.until ?? ''))[0]
  if (!last?.until || last.until < addDays(now, -fortnight)) return []
  if (facts.lastContact && facts.lastContact > last.until) return []
  const due = new Date(Date.parse(last.until) + hoursToRing * 3_600_000).toISOString()
  return [
    itemOf(facts, { kind: 'home', reference: `Encounter/${last.id}`, due, text: last.reason }),
  ]
}

export const isInHospital = (facts: TodayFacts) => facts.stays.some((stay) => !stay.until)

function admittedRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  const stay = facts.stays.find((each) => !each.until)
  if (!stay || stay.from < addDays(now, -daysOfAdmission)) return []
  const reference = `Encounter/${stay.id}`
  return [itemOf(facts, { kind: 'admitted', reference, due: stay.from, text: stay.reason })]
}

function readingRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  const recent = facts.readings.filter((each) => each.at >= addDays(now, -fortnight))
  return outsideLimits(recent, facts.limits)
    .filter(({ reading }) => !facts.seenReadings.includes(reading.id))
    .map(({ why, reading, limit, rise }) =>
      itemOf(facts, {
        kind: 'reading',
        ...{ reference: `Observation/${reading.id}`, due: reading.at, text: '', detail: why },
        reading: {
          ...{ kind: reading.kind, limit, points: lastWeek(recent, reading) },
          ...(rise === undefined ? {} : { rise }),
        },
      }),
    )
}

function lastWeek(readings: readonly Reading[], last: Reading) {
  return readings
    .filter((each) => each.kind === last.kind && each.at >= addDays(last.at, -7))
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .map(({ at, value }) => ({ at, value }))
}

function promiseRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  return facts.actions.flatMap((plain): readonly TodayItem[] => {
    const action = withAnswer(plain, facts.answers)
    const state = promiseState(action, now.slice(0, 10))
    if (state !== 'overdue' && state !== 'did-not-happen') return []
    return [
      itemOf(facts, {
        ...{ kind: 'promise', reference: `Task/${action.id}`, text: action.what, detail: state },
        due: action.dueOn ?? action.answer?.at ?? now,
        ...(action.owner ? { owner: action.owner } : {}),
      }),
    ]
  })
}

function reviewRule({ review, ...facts }: TodayFacts, now: string): readonly TodayItem[] {
  if (!review || review.on > now.slice(0, 10)) return []
  const reference = `CarePlan/${review.plan}`
  return [itemOf(facts, { kind: 'review', reference, due: review.on, text: '' })]
}

function silenceRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  if (isInHospital(facts)) return []
  const since = facts.lastContact ?? facts.caseSince
  if (!since || daysBetween(since, now) < silence) return []
  return [
    itemOf(facts, { kind: 'silent', reference: `Patient/${facts.person}`, due: since, text: '' }),
  ]
}

export type Stretch = 'today' | 'week' | 'steady' | 'in-hospital' | 'paused'

/** On which stretch of the street a person stands: exactly one. */
export function stretchOf(facts: TodayFacts, now: string): Stretch {
  const items = itemsFor(facts, now)
  if (items.some((item) => item.kind !== 'admitted')) return 'today'
  if (facts.paused) return 'paused'
  if (isInHospital(facts)) return 'in-hospital'
  const days = [facts.review?.on, ...facts.actions.filter(isOpen).map((each) => each.dueOn)]
  const soon = addDays(now, 7)
  return days.some((day) => day && day <= soon) ? 'week' : 'steady'
}

const isOpen = (action: Action) => !['done', 'stopped', 'refused'].includes(action.state)
