import { dayWritten } from '#domain/calendar/days.ts'
import { zonedMoment } from '#domain/calendar/zone.ts'
import { type FollowUpStand, type FollowUpTry, followUpDue, followUpStand } from './follow-up.ts'
import type { FollowUpChoice } from './follow-up-rule.ts'

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
export function homeWait({ reached, tries, ...facts }: Homecoming): HomeWait | undefined {
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
