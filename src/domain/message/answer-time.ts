import { dayIn } from '#domain/calendar/zone.ts'
import { openTimes, type TeamHours } from '#domain/contact/open-times.ts'

/** Moments: from when on somebody of the team reads a message, and by when somebody has seen it. */
export type AnswerTime = Readonly<{
  from: Date
  by: Date
  /** the team works at this moment */
  isNow: boolean
  /** the hours are recorded; false: usual office hours are assumed */
  isKnown: boolean
}>

/**
 * Messages are read on the days on which the team works. One that comes while it works is seen by the end of the next such day;
 * one that comes at night, at a weekend or on a holiday by the end of the first. That is our own promise, and a slow one: what
 * is urgent is never a message. Undefined if the team does not work within the next weeks.
 */
export function answerTime(at: Date, team: TeamHours, zone: string): AnswerTime | undefined {
  const open = openTimes(team, { zone, from: dayIn(zone, at), days: daysAhead })
  const first = open.find(({ until }) => until > at)
  if (!first) return undefined
  const isNow = first.from <= at
  const day = isNow ? open.find(({ day: next }) => next > dayIn(zone, at))?.day : first.day
  const last = open.filter((each) => each.day === day).at(-1)
  if (!last) return undefined
  return { from: isNow ? at : first.from, by: last.until, isNow, isKnown: team.hours !== undefined }
}

const daysAhead = 30
