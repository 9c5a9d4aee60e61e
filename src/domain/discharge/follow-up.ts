import { addDays } from '#domain/calendar/days.ts'
import { isHolidayKnown, workingDayAfter } from '#domain/calendar/holiday-calendars.ts'
import { dayIn, dayOf, endOfDay, zonedMoment } from '#domain/calendar/zone.ts'
import { type FollowUpChoice, followUpRules } from './follow-up-rule.ts'

const msPerHour = 3_600_000

/** How long somebody who is home counts as just home, in days: readmission is counted over 30 days. */
const daysAfterDischarge = 30

/** Two tries closer together than this are one try: our own choice, as CMS only says “separate”. */
const hoursBetweenTries = 1

/** What is due after a discharge. Moments in UTC; days in the zone of the service. */
export type FollowUpDue = Readonly<{
  /** before this moment a call or visit has to have reached the person */
  contactBy: string
  /** from this moment on is best, where the rule says so */
  contactFrom?: string
  /** the last day for a visit face to face */
  visitOn?: string
  /** the thirtieth day at home */
  lastDay: string
  /** nobody works between the discharge and the time by which to call: the day on which they are back */
  closedUntil?: string
  /** a year whose holidays are not in the table: the day may be wrong */
  unknownYear?: number
}>

type Discharge = Readonly<{
  choice: FollowUpChoice
  /** instant of the discharge; a day that has no time counts from its beginning in the zone */
  home: string
  /** the service’s time zone */
  zone: string
}>

/**
 * When the call and the visit are due. Hours run by the clock, through weekends, holidays and a change of the clocks; working
 * days begin after the day of discharge, and the last of them counts to its end.
 */
export function followUpDue({ choice, home, zone }: Discharge): FollowUpDue {
  const rule = followUpRules[choice.rule]
  const { calendar } = choice
  const at = zonedMoment(home, zone)
  const day = dayOf(home, zone)
  const until =
    'hours' in rule.contact
      ? at + rule.contact.hours * msPerHour
      : Number(endOfDay(workingDayAfter(calendar, day, rule.contact.workingDays), zone))
  const lastToCall = dayIn(zone, until - 1)
  const back = workingDayAfter(calendar, day, 1)
  const unknown = [day, back, lastToCall].find((each) => !isHolidayKnown(calendar, each))
  return {
    contactBy: new Date(until).toISOString(),
    ...(rule.from === undefined
      ? {}
      : { contactFrom: new Date(at + rule.from * msPerHour).toISOString() }),
    ...(rule.visitDays === undefined ? {} : { visitOn: addDays(day, rule.visitDays) }),
    lastDay: addDays(day, daysAfterDischarge),
    ...(back > lastToCall ? { closedUntil: back } : {}),
    ...(unknown ? { unknownYear: Number(unknown.split('-')[0]) } : {}),
  }
}

/** A contact, or a try that reached nobody. `at`: instant, or the day of a visit. */
export type FollowUpTry = Readonly<{ at: string; reached: boolean; isVisit: boolean }>

/** How things stand with the first contact after a discharge. */
export type ContactStand =
  | 'to-call'
  /** the time is over, and nobody was reached */
  | 'late'
  | 'reached'
  | 'reached-late'
  /** the tries that the rule asks for were made in time: it is met, and the calls go on */
  | 'attempted'

export type VisitStand = 'none' | 'to-visit' | 'late' | 'done' | 'done-late'

export type FollowUpStand = Readonly<{
  contact: ContactStand
  visit: VisitStand
  /** separate tries that reached nobody, in time */
  tries: number
}>

type Facts = Discharge & Readonly<{ tries: readonly FollowUpTry[]; now: string }>

/** What has happened since the discharge, against what is due. A try before the discharge is not one. */
export function followUpStand({ tries, now, ...discharge }: Facts): FollowUpStand {
  const due = followUpDue(discharge)
  const since = tries
    .filter(
      ({ at }) => zonedMoment(at, discharge.zone) >= zonedMoment(discharge.home, discharge.zone),
    )
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  const inTime = (at: string) => Date.parse(at) < Date.parse(due.contactBy)
  const failed = separateTries(since.filter(({ at, reached }) => !reached && inTime(at)))
  return {
    contact: contactStand({ since, failed, now, due }, discharge.choice),
    visit: visitStand({ since, due, now, zone: discharge.zone }),
    tries: failed,
  }
}

type Since = Readonly<{ since: readonly FollowUpTry[]; due: FollowUpDue; now: string }>

function contactStand(
  { since, failed, now, due }: Since & Readonly<{ failed: number }>,
  { rule }: FollowUpChoice,
): ContactStand {
  const by = Date.parse(due.contactBy)
  const reached = since.find((each) => each.reached)
  const needed = followUpRules[rule].tries
  const isAttempted = needed !== undefined && failed >= needed
  if (reached && Date.parse(reached.at) < by) return 'reached'
  if (isAttempted) return reached ? 'reached' : 'attempted'
  if (reached) return 'reached-late'
  return Date.parse(now) < by ? 'to-call' : 'late'
}

function visitStand({ since, due, now, zone }: Since & Readonly<{ zone: string }>): VisitStand {
  if (due.visitOn === undefined) return 'none'
  const visit = since.find(({ isVisit, reached }) => isVisit && reached)
  if (visit) return dayOf(visit.at, zone) <= due.visitOn ? 'done' : 'done-late'
  return dayIn(zone, Date.parse(now)) <= due.visitOn ? 'to-visit' : 'late'
}

/** Tries within an hour are one. */
function separateTries(tries: readonly FollowUpTry[]): number {
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  for (const { at } of tries) {
    if (Date.parse(at) - last < hoursBetweenTries * msPerHour) continue
    count += 1
    last = Date.parse(at)
  }
  return count
}
