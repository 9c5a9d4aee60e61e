import { addDays } from '#domain/calendar/days.ts'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import type { Who } from '#domain/plan/plan.ts'
import { byTime } from './limits.ts'
import { kindFacts, type Reading, type ReadingKind } from './reading.ts'

/** The same in numbers (of a blood pressure the upper one alone): a reading below, above, or up by so much or more within so many days. In the unit of its kind. */
export type OwnAmberLimit = Readonly<{
  kind: ReadingKind
  below?: number
  above?: number
  up?: number
  /** days in which it goes up */
  days?: number
}>

/**
 * What the person or a carer takes as their own sign of an amber day, in their words: “sleeping in the chair”.
 * A new one of the same author replaces it; the one before stays in the record.
 */
export type OwnAmber = Readonly<{
  id: string
  person: string
  words: string
  limit?: OwnAmberLimit
  by: Who
  /** instant */
  at: string
}>

/** A professional has looked at it with the person, and agrees. It counts for these words and these numbers alone. */
export type OwnAmberAgreed = Readonly<{
  id: string
  person: string
  rule: string
  by: Who
  at: string
}>

export const longestOwnAmber = 500
const mostDays = 14

export type OwnAmberProblem =
  | 'no-words'
  | 'too-long'
  | 'no-number'
  | 'below'
  | 'above'
  | 'up'
  | 'crossed'
  | 'days'

/** Why it cannot be saved; undefined if it can. */
export function problemWithOwnAmber({
  words,
  limit,
}: Pick<OwnAmber, 'words' | 'limit'>): OwnAmberProblem | undefined {
  if (words.trim() === '') return 'no-words'
  if (words.trim().length > longestOwnAmber) return 'too-long'
  return limit && problemWithNumbers(limit)
}

function problemWithNumbers({
  kind,
  below,
  above,
  up,
  days,
}: OwnAmberLimit): OwnAmberProblem | undefined {
  const [least, most] = kindFacts[kind].possible
  const isPossible = (each: number | undefined) =>
    each === undefined || (each >= least && each <= most)
  if ([below, above, up].every((each) => each === undefined)) return 'no-number'
  if (!isPossible(below)) return 'below'
  if (!isPossible(above)) return 'above'
  if (below !== undefined && above !== undefined && below >= above) return 'crossed'
  return up === undefined ? undefined : problemWithRise(up, days, most)
}

function problemWithRise(
  up: number,
  days: number | undefined,
  most: number,
): OwnAmberProblem | undefined {
  if (!(up > 0 && up <= most)) return 'up'
  return isDays(days) ? undefined : 'days'
}

const isDays = (days: number | undefined) =>
  days !== undefined && Number.isInteger(days) && days >= 1 && days <= mostDays

export type StandingOwnAmber = Readonly<{ rule: OwnAmber; agreed?: OwnAmberAgreed }>

/** The last one of each who wrote one, with who agreed to exactly that; the person’s own first. */
export function standingOwnAmber(
  rules: readonly OwnAmber[],
  agreements: readonly OwnAmberAgreed[],
): readonly StandingOwnAmber[] {
  const last = new Map<string, OwnAmber>()
  for (const each of rules.toSorted(byTime)) last.set(each.by.reference, each)
  const isPerson = ({ by }: OwnAmber) => Number(by.voice === 'person')
  return [...last.values()]
    .toSorted((one, other) => isPerson(other) - isPerson(one))
    .map((rule) => {
      const agreed = agreements.filter((each) => each.rule === rule.id).toSorted(byTime)[0]
      return agreed ? { rule, agreed } : { rule }
    })
}

type Among = Readonly<{ readings: readonly Reading[]; zone?: string }>

/** The signs that this reading meets, by their numbers. Words alone are met by nobody but who says so. */
export const ownAmberMet = (
  reading: Reading,
  standing: readonly StandingOwnAmber[],
  among: Among,
): readonly StandingOwnAmber[] =>
  standing.filter(
    ({ rule: { limit } }) => limit?.kind === reading.kind && isMet(limit, reading, among),
  )

function isMet(
  { below, above, up, days = mostDays }: OwnAmberLimit,
  reading: Reading,
  { readings, zone = usualZone }: Among,
): boolean {
  if (below !== undefined && reading.value < below) return true
  if (above !== undefined && reading.value > above) return true
  if (up === undefined) return false
  const since = addDays(dayOf(reading.at, zone), -days)
  const before = readings.filter(
    (each) =>
      each.kind === reading.kind && byTime(each, reading) <= 0 && dayOf(each.at, zone) >= since,
  )
  const lowest = Math.min(reading.value, ...before.map(({ value }) => value))
  return Math.round((reading.value - lowest) * 100) >= Math.round(up * 100)
}
