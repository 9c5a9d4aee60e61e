import type { Encounter } from '@medplum/fhirtypes'
import { dayIn, dayOf, zonedMoment } from '#domain/calendar/zone.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { type CareTask, isOpen, isTaskOverdue } from '#domain/task/task.ts'
import type { ArrangedKind } from './arranged-task.ts'
import { type FollowUpTry, followUpDue, followUpStand } from './follow-up.ts'
import type { FollowUpChoice } from './follow-up-rule.ts'
import type { StayMessage } from './stay-message.ts'
import type { WardStay } from './ward-stay.ts'

/** One stop on the way from the ward’s door to the thirtieth day at home. */
export type ThreadMark = Readonly<{
  kind:
    | 'admitted'
    | 'expected'
    | 'home'
    | 'tried'
    | 'reached'
    | 'now'
    | 'contact-by'
    | 'visit-by'
    | 'follow-up'
    | 'last-day'
  /** instant or day; empty: nobody has said */
  at: string
  /** behind us, before us, late, or today */
  state: 'done' | 'failed' | 'due' | 'late' | 'to-come' | 'now'
  /** who did or said it */
  by?: string
  /** id of the task, if it is one */
  of?: string
}>

/** Who sees them next, as a task of the staff. */
export type FollowUpTask = Readonly<{ task: CareTask; stay: string; kind: ArrangedKind }>

type Facts = Readonly<{
  stay: WardStay
  /** what has to be in place; of it who sees them next is a stop */
  arranged?: readonly FollowUpTask[]
  expected?: StayMessage | undefined
  contacts: readonly Contact[]
  /** visits that are in the record as such */
  visits?: readonly FollowUpTry[]
  /** instant or day on which the next stay began */
  next?: string | undefined
  choice: FollowUpChoice
  zone: string
  now: string
}>

/** Calls and visits that were written down for this stay, the first one first. */
export const contactsAfter = (contacts: readonly Contact[], stay: WardStay) =>
  contacts
    .filter((each) => each.stay === stay.id)
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))

const asTry = ({ at, reached, way }: Contact) => ({ at, reached, isVisit: way === 'visit' })

/** v3-ActCode classes of a visit face to face: at a practice or clinic, and at home. */
export const visitClasses = ['AMB', 'HH']

/** A visit face to face that is over; undefined for another encounter. */
export function visitIn({ class: kind, status, period }: Encounter): FollowUpTry | undefined {
  const at = period?.start ?? period?.end
  return visitClasses.includes(kind?.code ?? '') && status === 'finished' && at
    ? { at, reached: true, isVisit: true }
    : undefined
}

type Done = Readonly<{
  contacts: readonly Contact[]
  visits: readonly FollowUpTry[]
  /** instant or day on which the next stay began: what came after it belongs to that one */
  until?: string | undefined
}>

/**
 * What counts for the call and the visit after a stay: what was written down for it, and whatever else staff did that reached the
 * person before the next stay. Since when is up to `followUpStand`.
 */
export function triesAfter(
  stay: string,
  { contacts, visits, until }: Done,
  zone: string,
): readonly FollowUpTry[] {
  const end = until === undefined ? Number.POSITIVE_INFINITY : zonedMoment(until, zone)
  const others = [
    ...contacts.filter((each) => each.stay === undefined && reachedByStaff(each)).map(asTry),
    ...visits,
  ]
  return [
    ...contacts.filter((each) => each.stay === stay).map(asTry),
    ...others.filter(({ at }) => zonedMoment(at, zone) < end),
  ]
}

/** When the next stay began: instant or day; undefined for the last one. */
export const nextStayFrom = (
  stays: readonly Pick<WardStay, 'id' | 'from'>[],
  { id, from }: Pick<WardStay, 'id' | 'from'>,
  zone: string,
): string | undefined =>
  stays
    .filter((each) => each.id !== id && zonedMoment(each.from, zone) > zonedMoment(from, zone))
    .toSorted((one, other) => zonedMoment(one.from, zone) - zonedMoment(other.from, zone))[0]?.from

const reachedByStaff = ({ reached, by }: Contact) =>
  reached && by.reference.startsWith('Practitioner')

/** Every stop in the order of time. */
export function stayThread(facts: Facts): readonly ThreadMark[] {
  const { stay, zone, now } = facts
  const marks: ThreadMark[] = [
    { kind: 'admitted', at: stay.from, state: 'done' },
    ...expectedMark(facts),
    ...(stay.until ? afterwards(facts, stay.until) : []),
    { kind: 'now', at: now, state: 'now' },
  ]
  const time = ({ at }: ThreadMark) =>
    at === '' ? Number.POSITIVE_INFINITY : zonedMoment(at, zone)
  return marks.toSorted((one, other) => time(one) - time(other))
}

/** Once the person is home nobody expects it any more. */
function expectedMark({ stay, expected, zone, now }: Facts): readonly ThreadMark[] {
  if (stay.until) return []
  // nobody has said when: it stands open, at the end
  if (!expected?.on) return [{ kind: 'expected', at: '', state: 'to-come' }]
  const state = expected.on < dayOf(now, zone) ? 'late' : 'to-come'
  return [{ kind: 'expected', at: expected.on, state, by: expected.by.name }]
}

function afterwards(facts: Facts, home: string) {
  const { contacts, visits = [], choice, zone, now, stay, next } = facts
  const done = contactsAfter(contacts, stay)
  const discharge = { choice, home, zone }
  const due = followUpDue(discharge)
  const stand = followUpStand({
    ...discharge,
    tries: triesAfter(stay.id, { contacts, visits, until: next }, zone),
    now,
  })
  const today = dayIn(zone, Date.parse(now))
  const isCalled = stand.contact === 'reached' || stand.contact === 'reached-late'
  const marks: ThreadMark[] = [
    { kind: 'home', at: home, state: 'done' },
    ...done.map(
      ({ at, reached, by }): ThreadMark => ({
        ...{ kind: reached ? 'reached' : 'tried', at, by: by.name },
        state: reached ? 'done' : 'failed',
      }),
    ),
    ...(isCalled ? [] : [callMark(due.contactBy, now)]),
    ...visitMark(due.visitOn, stand.visit),
    ...followUpMarks(facts, today),
    { kind: 'last-day', at: due.lastDay, state: due.lastDay < today ? 'done' : 'to-come' },
  ]
  return marks
}

const callMark = (at: string, now: string): ThreadMark => ({
  ...{ kind: 'contact-by', at },
  state: Date.parse(at) <= Date.parse(now) ? 'late' : 'due',
})

function visitMark(on: string | undefined, stand: string): readonly ThreadMark[] {
  if (!on || (stand !== 'to-visit' && stand !== 'late')) return []
  return [{ kind: 'visit-by', at: on, state: stand === 'late' ? 'late' : 'to-come' }]
}

/** What does not go ahead is no stop; what has no day stands at the end. */
const followUpMarks = ({ arranged = [], stay }: Facts, today: string): readonly ThreadMark[] =>
  arranged
    .filter((each) => each.stay === stay.id && each.kind === 'follow-up')
    .map(({ task }) => task)
    .filter(({ state }) => state === 'completed' || isOpen(state))
    .map((task) => ({
      ...{
        kind: 'follow-up',
        at: task.doneOn ?? task.dueOn ?? '',
        state: stateOf(task, today),
        of: task.id,
      },
      ...given('by', task.owner?.name),
    }))

function stateOf(task: CareTask, today: string): ThreadMark['state'] {
  if (task.state === 'completed') return 'done'
  return isTaskOverdue(task, today) ? 'late' : 'to-come'
}
