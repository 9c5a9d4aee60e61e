import type { Parameters, Resource } from '@medplum/fhirtypes'
import { answerFromMessage } from '#domain/agreement/comment-message.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { actionFromFhir } from '#domain/goal/fhir.ts'
import { promiseDeedFromMessage, withDeeds } from '#domain/goal/promise-deed-kind.ts'
import { needsSomebody, withAnswer } from '#domain/goal/promise-state.ts'
import { isMessageSeen } from '#domain/message/is-message.ts'
import { isPlan, needFromFhir, planFromFhir } from '#domain/plan/fhir.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { preparedFor } from '#domain/preparation/preparation.ts'
import { preparationFromFhir } from '#domain/preparation/preparation-fhir.ts'
import { heldReviewFromFhir } from '#domain/review/held-review.ts'
import { taskFromFhir } from '#domain/task/fhir.ts'
import { isOpen } from '#domain/task/task.ts'
import { handOverFromFhir } from '#domain/team/hand-over-fhir.ts'
import { isSeenIn } from '#domain/today/access-news.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { type Today, todayParameters } from '#domain/today/today-parameters.ts'

type Records = ReadonlyMap<string, Resource>

/** The day's list with only the people downloaded. Its counts are for everybody until they are counted again. */
export function offlineTodayOf(list: Parameters, people: readonly string[]): Parameters {
  const today = todayParameters.read(list)
  return todayParameters.write({
    ...today,
    people: today.people.filter((each) => people.includes(each.id)),
    items: today.items.filter((item) => people.includes(item.person)),
    others: (today.others ?? []).filter((each) => people.includes(each.id)),
    // nobody can answer to a rule without seeing whom it finds today
    rules: [],
  })
}

/**
 * The day's list as it was downloaded, without what was dealt with since on this device. Nothing is added to it: news
 * is shown when there is a network again.
 */
export function offlineTodayLeft(list: Parameters, records: Records, day: Day): Parameters {
  const fetched = todayParameters.read(list)
  const items = fetched.items.filter((item) => !isDealtWith(item, records, day))
  const people = fetched.people.map(calmed(items))
  return todayParameters.write({ ...fetched, items, people, ...countsOf(people, records) })
}

/** The counts of the whole caseload say nothing about the few people downloaded. */
function countsOf(people: Today['people'], records: Records): Pick<Today, 'plans' | 'unmet'> {
  const ids = new Set(people.map((person) => person.id))
  const all = [...records.values()]
  const planned = all.flatMap((each) =>
    each.resourceType === 'CarePlan' && isPlan(each) ? planFromFhir(each).person : [],
  )
  const needs = all.flatMap((each) => (each.resourceType === 'Condition' ? needFromFhir(each) : []))
  return {
    plans: new Set(planned.filter((person) => ids.has(person))).size,
    unmet: needs.filter((need) => need.unmet && !need.resolved && ids.has(need.person)).length,
  }
}

const calmed = (items: readonly TodayItem[]) => (person: Today['people'][number]) => {
  const needs = items.some((item) => item.person === person.id)
  return needs || person.band !== 'today' ? person : { ...person, band: 'week' as const }
}

/** Today, and the zone that says what day it is. */
type Day = Readonly<{ today: string; zone?: string }>

type Rule = (item: TodayItem, records: Records, day: Day) => boolean

const isClosed: Rule = ({ reference }, records) => {
  const id = reference.split('/')[1] ?? ''
  const flag = records.get(`Flag/alert-${id}`)
  return flag?.resourceType === 'Flag' && flag.status === 'inactive'
}

/** Somebody spoke with the person after the item appeared. */
const wasReached: Rule = (item, records) =>
  [...records.values()].some((each) => {
    if (each.resourceType !== 'Communication') return false
    const contact = contactFromFhir(each)
    const isAboutThem = contact?.person === item.person && contact.reached
    return isAboutThem && Date.parse(contact.at) > sinceOf(item)
  })

const deedsIn = (records: Records) =>
  [...records.values()].flatMap((each) =>
    each.resourceType === 'Communication' ? (promiseDeedFromMessage(each) ?? []) : [],
  )

const answersIn = (records: Records) =>
  [...records.values()].flatMap((each) =>
    each.resourceType === 'Communication' ? (answerFromMessage(each) ?? []) : [],
  )

/** Of someone who came home: since then; of no contact: the last contact. */
const sinceOf = (item: TodayItem) => Date.parse(item.since ?? item.due)

const isFlagClosed: Rule = ({ reference }, records) => {
  const flag = records.get(reference)
  return flag?.resourceType === 'Flag' && flag.status !== 'active'
}

const rules: Readonly<Record<TodayItem['kind'], Rule>> = {
  emergency: isFlagClosed,
  safety: isFlagClosed,
  'carer-ill': isFlagClosed,
  // somebody said another word on this device since
  colour: ({ reference, due }, records) => {
    const flag = records.get(reference)
    const people = flag?.resourceType === 'Flag' ? [flag.subject?.reference] : []
    return [...records.values()].some(
      (each) =>
        each.resourceType === 'Flag' &&
        isDayColour(each) &&
        people.includes(each.subject?.reference) &&
        Date.parse(each.period?.start ?? '') > Date.parse(due),
    )
  },
  died: ({ reference }, records) => {
    const episode = records.get(reference)
    return episode?.resourceType === 'EpisodeOfCare' && episode.status === 'finished'
  },
  // a visit that is still due does not end with a call
  home: (item, ...facts) =>
    isClosed(item, ...facts) || (item.detail !== 'visit' && wasReached(item, ...facts)),
  admitted: () => false,
  // read or answered on this device since
  message: ({ reference, person }, records) =>
    [...records.values()].some(
      (each) =>
        each.resourceType === 'Communication' &&
        each.subject?.reference === `Patient/${person}` &&
        isMessageSeen(each) &&
        each.about?.[0]?.reference === reference,
    ),
  reading: isClosed,
  promise: ({ reference }, records, { today, zone }) => {
    const task = records.get(reference)
    if (task?.resourceType !== 'Task') return false
    const action = withDeeds(actionFromFhir(task, zone), deedsIn(records))
    return !needsSomebody(withAnswer(action, answersIn(records)), today, zone)
  },
  task: ({ reference }, records, { zone }) => {
    const task = records.get(reference)
    if (task?.resourceType !== 'Task') return false
    const { state, dueOn, deeds } = taskFromFhir(task, zone)
    return !isOpen(state) || (state !== 'requested' && dueOn === undefined && deeds.length > 0)
  },
  referral: () => false,
  medicine: () => false,
  // the diary is not on the device
  tell: () => false,
  letter: () => false,
  review: ({ reference }, records, { today }) => {
    const plan = records.get(reference)
    return plan?.resourceType === 'CarePlan' && (planFromFhir(plan).reviewOn ?? '') > today
  },
  // a plan that was changed here asks the person to agree again; a part that was left out may be as it was
  disagreed: ({ reference, detail, notTo }, records) =>
    notTo === undefined &&
    records.get(reference)?.meta?.versionId !== undefined &&
    records.get(reference)?.meta?.versionId !== detail,
  'hand-over': ({ reference }, records) => {
    const task = records.get(reference)
    return task?.resourceType === 'Task' && handOverFromFhir(task)?.state !== 'asked'
  },
  suggestion: ({ reference }, records) => {
    const task = records.get(reference)
    return task?.resourceType === 'Task' && task.status !== 'requested'
  },
  // an offline user has nobody else's words on the device
  access: ({ reference }, records) =>
    [...records.values()].some(
      (each) => each.resourceType === 'Communication' && isSeenIn(each, reference),
    ),
  prepared: ({ reference }, records) => {
    const response = records.get(reference)
    if (response?.resourceType !== 'QuestionnaireResponse') return false
    const held = [...records.values()].flatMap((each) =>
      each.resourceType === 'Communication' ? (heldReviewFromFhir(each) ?? []) : [],
    )
    return preparedFor([preparationFromFhir(response)], held).length === 0
  },
  silent: wasReached,
}

const isDealtWith: Rule = (item, records, day) => rules[item.kind](item, records, day)
