import type { BreakGlassGrant } from '#domain/access/break-glass.ts'
import type { RaisedAlert } from '#domain/alert/raised-alert.ts'
import { addDays, daysBetween, dayWritten } from '#domain/calendar/days.ts'
import { type CardOpener, type CardOpening, cardOpenerIn } from '#domain/card/card-opening.ts'
import type { FollowUpTry } from '#domain/discharge/follow-up.ts'
import type { FollowUpChoice } from '#domain/discharge/follow-up-rule.ts'
import { homecoming } from '#domain/discharge/home-wait.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { Action, PromiseAnswer, PromiseDeed } from '#domain/goal/goal.ts'
import { withDeeds } from '#domain/goal/promise-deed-kind.ts'
import { needsSomebody, promiseState, withAnswer } from '#domain/goal/promise-state.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { CarerIllness } from '#domain/plan/worse/carer-ill.ts'
import { colourNow, type DayColour } from '#domain/plan/worse/day-colour.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading, UncomparedReading } from '#domain/reading/reading.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import type { AccessNews } from './access-news.ts'
import { readingItems, type TodayReading } from './reading-items.ts'
import { messageItems, type UnseenMessage } from './unseen-message.ts'

/** Why somebody needs something now, the most urgent first. */
export type TodayKind =
  | 'emergency'
  | 'safety'
  | 'colour'
  | 'carer-ill'
  | 'died'
  | 'home'
  | 'admitted'
  | 'reading'
  | 'disagreed'
  | 'hand-over'
  | 'promise'
  | 'task'
  | 'referral'
  | 'medicine'
  | 'letter'
  | 'suggestion'
  | 'review'
  | 'prepared'
  | 'access'
  | 'silent'
  | 'message'
  | 'tell'
export const todayKinds: readonly TodayKind[] = [
  'emergency',
  'safety',
  'colour',
  'carer-ill',
  'died',
  'home',
  'admitted',
  'reading',
  'tell',
  'disagreed',
  'hand-over',
  'promise',
  'task',
  'referral',
  'medicine',
  'letter',
  'suggestion',
  'review',
  'prepared',
  'access',
  'message',
  'silent',
]

export type TodayStay = Readonly<{
  id: string
  from: string
  until?: string
  reason: string
  /** contacts and tries that were written down for this stay */
  tries?: readonly FollowUpTry[]
}>

/** What the record says about one person on a caseload. Instants and days as in FHIR. */
export type TodayFacts = Readonly<{
  person: string
  /** the person has died: the day or instant, `true` if it is not known */
  died?: string | true
  /** id of the case */
  episode?: string
  /** those who cared for the person, by name */
  carers?: readonly string[]
  paused: boolean
  caseSince?: string
  actions: readonly Action[]
  answers: readonly PromiseAnswer[]
  /** what was done about promises that did not happen */
  deeds?: readonly PromiseDeed[]
  /** hospital stays since two weeks before the case began, and those in progress */
  stays: readonly TodayStay[]
  readings: readonly Reading[]
  /** readings in a unit that no limit can be compared with */
  uncompared?: readonly UncomparedReading[]
  limits: readonly ReadingLimit[]
  /** ids of the readings and stays that somebody has closed with a reason */
  closed: readonly string[]
  /** the alerts that the service has raised and nobody has closed */
  raised?: readonly RaisedAlert[]
  /** the service's time zone; absent: the default */
  zone?: string
  safety: readonly Readonly<{ id: string; at: string; text: string }>[]
  /** emergency openings of the record that nobody has checked */
  emergencies?: readonly BreakGlassGrant[]
  /** openings of the emergency card by its link that nobody has checked */
  cardOpenings?: readonly CardOpening[]
  /** changes of who can see the person that the reader coordinates and has not marked as seen */
  accessNews?: readonly AccessNews[]
  /** other words that somebody suggests for what the reader, or a colleague, wrote */
  suggestions?: readonly SuggestedChange[]
  /** practices that ask the reader’s to take the person on */
  handOvers?: readonly HandOver[]
  /** what was last said about how things are today */
  colours?: readonly DayColour[]
  /** carers who are ill now */
  illnesses?: readonly CarerIllness[]
  review?: Readonly<{ plan: string; on: string }>
  /** what people prepared for the next review, the person’s own first; `ask`: the first question */
  prepared?: readonly Readonly<{ id: string; by: Who; ask: string }>[]
  /** the person's last answer to the current plan is that it is not right, or not `notTo` */
  saidNo?: Readonly<{ plan: string; version: string; at: string; words: string; notTo?: string }>
  /** the last visit, call, message or reading by the person: only for “no contact” */
  lastContact?: string
  /** the last completed visit or call by staff: what a discharge waits for */
  lastStaffContact?: string
  /** messages that nobody of the team has seen */
  messages?: readonly UnseenMessage[]
  /** what the organisation that looks after the person follows after a discharge */
  followUp?: FollowUpChoice
  /** the one who coordinates the care: whose task a homecoming or an admission is */
  coordinator?: Readonly<{ reference: string; name: string }>
}>

export type TodayItem = Readonly<{
  kind: TodayKind
  person: string
  /** the record it is about, for example `Task/1` */
  reference: string
  /** by when, or since when: day or instant */
  due: string
  /** text of the record: what was promised, why in hospital */
  text: string
  /**
   * a code with more detail: `amber`, `red`, and `was-amber`, `was-red` if nobody has said anything since; `overdue`, `did-not-happen`; the version of the plan that the person refused; `low`,
   * `high`, `rise`, `trend`, `unit` (cannot be compared: `text` has it as written); `tried-1`, `attempted-2` calls that reached nobody, `visit` (due)
   */
  detail?: string
  /** of a homecoming: when the person left hospital */
  since?: string
  /** of a yes in part: what it left out */
  notTo?: string
  /** of a promise: the id of the goal it is a step of */
  goal?: string
  /** whose it is now: who has taken it, promised it, or coordinates the care; absent: nobody’s yet */
  whose?: Readonly<{ reference: string; name: string }>
  /** somebody has taken it, and can give it back */
  isTaken?: boolean
  /** the reader, or a colleague, does it in the place of somebody who is away until that day */
  coverFor?: Readonly<{ name: string; until: string }>
  /** who promised it; which practice asks; who changed who can see the person */
  owner?: Readonly<{ reference: string; name: string }>
  reading?: TodayReading
}>

const fortnight = 14
/**
 * So long without a visit, call, message or reading, and Today asks somebody to call: our own choice.
 * @unverified today-days
 */
export const daysWithoutContact = 60
const daysOfAdmission = 3

type TodayRule = (facts: TodayFacts, now: string) => readonly TodayItem[]

/**
 * What one person needs from the team now. For a person who has died nothing is asked and nobody is called: the row
 * asks to close the case and names those who cared; an emergency opening is checked all the same. A paused case shows
 * no readings, promises, reviews or missing contact; always safety and hospital stays. What arrived meanwhile is shown
 * when the case restarts.
 */
export function itemsFor(facts: TodayFacts, now: string): readonly TodayItem[] {
  const opened = [
    ...(facts.emergencies ?? []).map(emergencyItem),
    ...(facts.cardOpenings ?? []).map(cardOpeningItem),
  ]
  const accessItems = (facts.accessNews ?? []).map((news) => accessItem(facts, news))
  if (facts.died) return [...opened, diedItem(facts, facts.died), ...accessItems]
  const always: readonly TodayRule[] = [colourRule, carerIllRule, homeRule, admittedRule]
  const running: readonly TodayRule[] = [
    ...[readingItems, disagreedRule, promiseRule, suggestionRule, reviewRule, preparedRule],
    silenceRule,
  ]
  const rules = facts.paused ? always : [...always, ...running]
  const handOverItems = (facts.handOvers ?? []).map(handOverItem)
  return [
    ...opened,
    ...facts.safety.map(({ id, at, text }) =>
      itemOf(facts, { kind: 'safety', reference: `Flag/${id}`, due: at, text }),
    ),
    ...messageItems(facts, now),
    ...rules.flatMap((rule) => rule(facts, now)),
    ...handOverItems,
    ...accessItems,
  ]
}

const diedItem = (facts: TodayFacts, died: string | true): TodayItem =>
  itemOf(facts, {
    ...{ kind: 'died', reference: `EpisodeOfCare/${facts.episode ?? ''}` },
    ...{ due: died === true ? '' : died, text: (facts.carers ?? []).join(', ') },
  })

/**
 * Somebody not named in the person's care opened the record: the row stays until a professional has checked it and
 * says so.
 */
export const emergencyItem = (grant: BreakGlassGrant): TodayItem => ({
  ...{ kind: 'emergency', person: grant.person, reference: `Flag/${grant.id}`, due: grant.from },
  ...{ text: grant.words, detail: grant.reason },
  owner: { reference: `Practitioner/${grant.practitioner}`, name: grant.name },
})

/** Somebody opened the emergency card by its link: the same, with what they said of themselves. */
export const cardOpeningItem = (opening: CardOpening): TodayItem => ({
  ...{ kind: 'emergency', person: opening.person, reference: `Flag/${opening.id}` },
  ...{ due: opening.at, text: opening.words, detail: `${cardDetail}${opening.role}` },
  owner: { reference: `Flag/${opening.id}`, name: opening.name },
})

const cardDetail = 'card-'

/** Who the opener of a card said they are; undefined for another opening. */
export const openerOf = ({ detail }: TodayItem): CardOpener | undefined =>
  detail?.startsWith(cardDetail) ? cardOpenerIn(detail.slice(cardDetail.length)) : undefined

/** A practice asks the reader’s to take the person on: it stays until they accept or decline. */
export const handOverItem = (handOver: HandOver): TodayItem => ({
  ...{
    kind: 'hand-over',
    person: handOver.person,
    reference: `Task/${handOver.id}`,
    due: handOver.from,
  },
  text: handOver.why,
  owner: { reference: handOver.by.reference, name: handOver.by.name },
})

/** Somebody else changed who can see the person: the row stays until the coordinator has seen it. */
const accessItem = (facts: TodayFacts, { id, at, words, by }: AccessNews): TodayItem =>
  itemOf(facts, {
    ...{ kind: 'access', reference: `Provenance/${id}`, due: at, text: words },
    owner: { reference: by.reference, name: by.name },
  })

const itemOf = (facts: TodayFacts, item: Omit<TodayItem, 'person'>): TodayItem => ({
  ...item,
  person: facts.person,
})

/** Home from hospital, and somebody has to call or visit. */
function homeRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  const found = homecoming(facts, now)
  if (!found) return []
  const { stay, wait } = found
  const { reason: text, until: since } = stay
  return [
    itemOf(facts, {
      ...{ kind: 'home', reference: `Encounter/${stay.id}`, text, since, ...wait },
      ...given('owner', facts.coordinator),
    }),
  ]
}

/**
 * Somebody said that today is amber or red. The row stays after the colour has run out, and says so: only a later word
 * (green, for example) ends it.
 */
function colourRule({ colours = [], ...facts }: TodayFacts, now: string): readonly TodayItem[] {
  const last = colourNow(colours, new Date(now))
  if (!last || last.said.colour === 'green') return []
  const { id, at, words, by, colour } = last.said
  return [
    itemOf(facts, {
      ...{ kind: 'colour', reference: `Flag/${id}`, due: at, text: words },
      detail: last.isCurrent ? colour : `was-${colour}`,
      owner: { reference: by.reference, name: by.name },
    }),
  ]
}

/** A carer is ill: it stays until somebody says that the carer is better, and names what nobody can do. */
function carerIllRule({ illnesses = [], ...facts }: TodayFacts): readonly TodayItem[] {
  return illnesses
    .filter(({ isOver }) => !isOver)
    .map(({ id, at, carer, setOff }) =>
      itemOf(facts, {
        ...{ kind: 'carer-ill', reference: `Flag/${id}`, due: at },
        text: setOff.flatMap(({ who, what }) => (who ? [] : [what])).join('; '),
        owner: { reference: carer.reference, name: carer.name },
      }),
    )
}

/** Zero for never, so that anything is later. */
const timeOf = (instant: string | undefined) => (instant ? Date.parse(instant) : 0)

const isInHospital = (facts: TodayFacts) => facts.stays.some((stay) => !stay.until)

function admittedRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  const stay = facts.stays.find((each) => !each.until)
  if (!stay || timeOf(stay.from) < timeOf(addDays(now, -daysOfAdmission))) return []
  const reference = `Encounter/${stay.id}`
  const owner = given('owner', facts.coordinator)
  return [
    itemOf(facts, { kind: 'admitted', reference, due: stay.from, text: stay.reason, ...owner }),
  ]
}

/**
 * The person said "not like this", or yes but not to a part: the row stays until the plan, or that part, is changed, or
 * the person agrees after all.
 */
function disagreedRule(facts: TodayFacts): readonly TodayItem[] {
  if (!facts.saidNo) return []
  const { plan, version, at, words, notTo } = facts.saidNo
  return [
    itemOf(facts, {
      ...{ kind: 'disagreed', reference: `CarePlan/${plan}`, due: at, text: words },
      ...{ detail: version, ...(notTo ? { notTo } : {}) },
    }),
  ]
}

function promiseRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  return facts.actions.flatMap((plain): readonly TodayItem[] => {
    const action = withAnswer(withDeeds(plain, facts.deeds ?? []), facts.answers)
    if (!needsSomebody(action, dayWritten(now), facts.zone)) return []
    const state = promiseState(action, dayWritten(now))
    return [
      itemOf(facts, {
        ...{ kind: 'promise', reference: `Task/${action.id}`, text: action.what, detail: state },
        due: action.dueOn ?? action.answer?.at ?? now,
        ...(action.owner ? { owner: action.owner } : {}),
        ...(action.goal ? { goal: action.goal } : {}),
      }),
    ]
  })
}

/** Somebody suggests other words for what the reader’s organisation wrote: the row stays until somebody there decides. */
function suggestionRule(facts: TodayFacts): readonly TodayItem[] {
  return (facts.suggestions ?? []).map(({ id, record, at, words, by }) =>
    itemOf(facts, {
      ...{ kind: 'suggestion', reference: `Task/${id}`, due: at, text: words, detail: record },
      owner: { reference: by.reference, name: by.name },
    }),
  )
}

function reviewRule({ review, ...facts }: TodayFacts, now: string): readonly TodayItem[] {
  if (!review || review.on > dayWritten(now)) return []
  const reference = `CarePlan/${review.plan}`
  return [itemOf(facts, { kind: 'review', reference, due: review.on, text: '' })]
}

/** Prepared for a review of the next two weeks, or one that is late: read it before you meet. One row a person. */
function preparedRule({ review, prepared = [], ...facts }: TodayFacts, now: string) {
  const [first] = prepared
  if (!review || !first || review.on > addDays(now, fortnight)) return []
  const { id, by, ask } = first
  return [
    itemOf(facts as TodayFacts, {
      ...{ kind: 'prepared', reference: `QuestionnaireResponse/${id}`, due: review.on, text: ask },
      owner: { reference: by.reference, name: by.name },
    }),
  ]
}

function silenceRule(facts: TodayFacts, now: string): readonly TodayItem[] {
  if (isInHospital(facts)) return []
  const since = facts.lastContact ?? facts.caseSince
  if (!since || daysBetween(since, now) < daysWithoutContact) return []
  return [
    itemOf(facts, { kind: 'silent', reference: `Patient/${facts.person}`, due: since, text: '' }),
  ]
}

export const priorityBands = ['today', 'week', 'steady', 'in-hospital', 'paused'] as const
export type PriorityBand = (typeof priorityBands)[number]

/**
 * Where on the street a person is: in exactly one part. `items`: what the reader has to do about them; a person whom
 * only colleagues have to do something for is not of today.
 */
export function priorityBandOf(
  facts: TodayFacts,
  now: string,
  items: readonly Pick<TodayItem, 'kind'>[] = itemsFor(facts, now),
): PriorityBand {
  if (items.some(({ kind }) => kind !== 'admitted' && kind !== 'prepared')) return 'today'
  if (facts.paused) return 'paused'
  if (isInHospital(facts)) return 'in-hospital'
  const days = [facts.review?.on, ...facts.actions.filter(isOpen).map((each) => each.dueOn)]
  const soon = addDays(now, 7)
  return days.some((day) => day && day <= soon) ? 'week' : 'steady'
}

const isOpen = (action: Action) => !['done', 'stopped', 'refused'].includes(action.state)
