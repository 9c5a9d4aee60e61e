import { dayIn, dayOf, startOfDay } from '#domain/calendar/zone.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { followUpDue, followUpStand } from './follow-up.ts'
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
    | 'last-day'
  /** instant or day; empty: nobody has said */
  at: string
  /** behind us, before us, late, or today */
  state: 'done' | 'failed' | 'due' | 'late' | 'to-come' | 'now'
  /** who did or said it */
  by?: string
}>

type Facts = Readonly<{
  stay: WardStay
  expected?: StayMessage | undefined
  contacts: readonly Contact[]
  choice: FollowUpChoice
  zone: string
  now: string
}>

/** Calls and visits that were written down for this stay, the first one first. */
export const contactsAfter = (contacts: readonly Contact[], stay: WardStay) =>
  contacts
    .filter((each) => each.stay === stay.id)
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))

export const asTry = ({ at, reached, way }: Contact) => ({ at, reached, isVisit: way === 'visit' })

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
    at === ''
      ? Number.POSITIVE_INFINITY
      : at.length > 10
        ? Date.parse(at)
        : Number(startOfDay(at, zone))
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

function afterwards({ contacts, choice, zone, now, stay }: Facts, home: string) {
  const done = contactsAfter(contacts, stay)
  const discharge = { choice, home, zone }
  const due = followUpDue(discharge)
  const stand = followUpStand({ ...discharge, tries: done.map(asTry), now })
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
