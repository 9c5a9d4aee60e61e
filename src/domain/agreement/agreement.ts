import type { Who } from '#domain/plan/plan.ts'
import type { GivenHow } from './given-how.ts'

/** A part of the plan that somebody did not agree to, and what should be different, in their words. */
export type NotAgreed = Readonly<{
  /** `Goal/1` */
  record: string
  words: string
  /** of what it said when it was left out: the server’s (`partMark`) */
  mark?: string
  /** whether it still says that; absent: not known */
  stands?: boolean
}>

/** An agreement or a refusal of one exact version of a plan, in the person's words. */
export type Agreement = Readonly<{
  id: string
  planId: string
  version: string
  /** yes to the whole of it */
  yes: boolean
  /** what was left out of a yes in part; absent or empty: it is a whole yes or no */
  notAgreed?: readonly NotAgreed[]
  by: Who
  /** absent: by their own sign-in */
  how?: GivenHow
  words: string
  /** when it was given: of a signed paper, the day that is written on it */
  at: string
  /**
   * the server’s own sequence: its number among the answers to the plan, then the time it was stored; a client’s clock
   * does not count
   */
  order: readonly [number: number, kept: number]
}>

const latestFirst = (one: Agreement, other: Agreement) =>
  other.order[0] - one.order[0] || other.order[1] - one.order[1] || other.at.localeCompare(one.at)

/** A signed paper may be recorded after an answer to a newer version: what was agreed last is the newest version. */
export const newestFirst = (one: Agreement, other: Agreement) =>
  (Number(other.version) || 0) - (Number(one.version) || 0) || latestFirst(one, other)

export const isInPart = ({ yes, notAgreed = [] }: Agreement): boolean =>
  !yes && notAgreed.length > 0

/** Decided for a person who cannot decide this: by whoever has the authority, or in the person’s best interests. */
export const isForPerson = ({ how }: Agreement): boolean =>
  how?.way === 'authority' || how?.way === 'best-interests'

/**
 * Whether an answer fills the roof if it is a yes: the person’s own, by their sign-in, on a turned screen or signed on
 * paper before a witness; or one for a person who cannot decide this, by somebody with authority or in their best
 * interests. What staff heard the person say does not, nor what a carer or staff think.
 */
export function countsForRoof(agreement: Agreement): boolean {
  const { by, how } = agreement
  if (isForPerson(agreement)) return true
  if (by.voice !== 'person' || how?.way === 'spoken') return false
  return how?.way !== 'paper' || how.witness !== undefined
}

/** The last yes, whole, to any version that counts for the person. */
export function lastYes(agreements: readonly Agreement[]): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.yes && countsForRoof(agreement))
    .toSorted(newestFirst)[0]
}

/** The last yes, whole or in part: what was not changed since, and not left out, is agreed. */
export function lastAgreed(agreements: readonly Agreement[]): Agreement | undefined {
  return agreements
    .filter((agreement) => (agreement.yes || isInPart(agreement)) && countsForRoof(agreement))
    .toSorted(newestFirst)[0]
}

/** What was said last about this exact version, by the person or for them. */
export function answerTo(
  agreements: readonly Agreement[],
  version: string | undefined,
): Agreement | undefined {
  return agreements
    .filter((agreement) => agreement.version === version && countsForRoof(agreement))
    .toSorted(latestFirst)[0]
}
