import { addDays, dayWritten } from '#domain/calendar/days.ts'
import { usualZone, zonedMoment } from '#domain/calendar/zone.ts'
import { type FollowUpStand, type FollowUpTry, followUpDue, followUpStand } from './follow-up.ts'
import { type FollowUpChoice, usualFollowUp } from './follow-up-rule.ts'

type Homecoming = Readonly<{
  choice: FollowUpChoice
  /** instant of the discharge */
  home: string
  zone: string
  /** contacts and tries that were written down for the stay */
  tries: readonly FollowUpTry[]
  /** the last time that staff reached the person, for whatever reason; UTC */
  reached?: string | undefined
  now: string
}>

/** Instant or day by which, and what: `tried-1` calls that reached nobody, `attempted-2` if that meets the rule, `visit`. */
export type HomeWait = Readonly<{ due: string; detail?: string }>

/** What a homecoming still waits for: a call, or after it the visit that the rule asks for; undefined if nothing. */
function homeWait({ reached, tries, ...facts }: Homecoming): HomeWait | undefined {
  const due = followUpDue(facts)
  const isReached =
    reached !== undefined && Date.parse(reached) > zonedMoment(facts.home, facts.zone)
  const since = isReached ? [...tries, { at: reached, reached: true, isVisit: false }] : tries
  const stand = followUpStand({ ...facts, tries: since })
  if (!isReached) return { due: due.contactBy, ...triesIn(stand) }
  const isOpen = stand.visit === 'to-visit' || stand.visit === 'late'
  const isOver = dayWritten(facts.now) > due.lastDay
  return due.visitOn && isOpen && !isOver ? { due: due.visitOn, detail: 'visit' } : undefined
}

function triesIn({ contact, tries }: FollowUpStand): Pick<HomeWait, 'detail'> {
  if (tries === 0) return {}
  return { detail: `${contact === 'attempted' ? 'attempted' : 'tried'}-${tries}` }
}

type Stay = Readonly<{ id: string; until?: string; tries?: readonly FollowUpTry[] }>

type HomecomingFacts<S extends Stay> = Readonly<{
  stays: readonly S[]
  /** ids of the stays that somebody has closed with a reason */
  closed: readonly string[]
  caseSince?: string
  followUp?: FollowUpChoice
  zone?: string
  lastStaffContact?: string
}>

/** Days before the case began in which a stay still asks for a call: our own choice. */
const before = 14

const timeOf = (instant: string | undefined) => (instant ? Date.parse(instant) : 0)

/**
 * Home since the case began, or in the two weeks before, and no member of staff has reached the person since. By when is
 * the rule of the organisation; it waits when that is late. A message from the person is no answer to it: somebody has
 * to speak with them, or close it with a reason. Where the rule asks for a visit as well, it waits for that.
 */
export function homecoming<S extends Stay>(
  facts: HomecomingFacts<S>,
  now: string,
): Readonly<{ stay: S & { until: string }; wait: HomeWait }> | undefined {
  if (facts.stays.some(({ until }) => !until)) return undefined
  const last = facts.stays.toSorted((a, b) => timeOf(b.until) - timeOf(a.until))[0]
  if (!last?.until || facts.closed.includes(last.id)) return undefined
  if (facts.caseSince && timeOf(last.until) < timeOf(addDays(facts.caseSince, -before)))
    return undefined
  const wait = homeWait({
    ...{ choice: facts.followUp ?? usualFollowUp, zone: facts.zone ?? usualZone, now },
    ...{ home: last.until, tries: last.tries ?? [], reached: facts.lastStaffContact },
  })
  return wait && { stay: { ...last, until: last.until }, wait }
}
