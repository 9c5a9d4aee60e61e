import { addDays, daysBetween, isWholeDay } from '#domain/calendar/days.ts'
import { type Absence, overlaps } from './absence.ts'

/** Whoever is away for longer hands their people over. */
export const longestAbsence = 92
/** An absence is written down at most so many days ahead. */
export const furthestAbsence = 366

type Asked = Pick<Absence, 'id' | 'from' | 'until' | 'who' | 'cover'>

type Facts = Readonly<{
  today: string
  /** the absence as it stands, if it is being changed */
  standing?: Absence
  /** absences of the organisation that have not ended */
  others: readonly Absence[]
  /** references of everybody with a role in the organisation today */
  colleagues: readonly string[]
}>

export type AbsenceFault = Readonly<{
  why:
    | ('day' | 'order' | 'past' | 'too-late' | 'too-long' | 'began')
    | ('cover-none' | 'cover-self' | 'cover-elsewhere' | 'cover-away' | 'overlap' | 'covers-others')
  /** the absence that is in the way */
  other?: Absence
}>

/**
 * What prevents an absence. Cover is never passed on: whoever covers is there on all of these days, and whoever covers for
 * somebody goes away on other days, or another colleague is named first.
 */
export function absenceFault(asked: Asked, facts: Facts): AbsenceFault | undefined {
  return dayFault(asked, facts) ?? coverFault(asked, facts) ?? chainFault(asked, facts)
}

function dayFault({ from, until }: Asked, { today, standing }: Facts): AbsenceFault | undefined {
  if (![from, until].every(isWholeDay)) return { why: 'day' }
  if (until < from) return { why: 'order' }
  const hasBegun = standing !== undefined && standing.from <= today
  if (hasBegun && from !== standing.from) return { why: 'began' }
  if ((!hasBegun && from < today) || until < today) return { why: 'past' }
  if (from > addDays(today, furthestAbsence)) return { why: 'too-late' }
  return daysBetween(from, until) + 1 > longestAbsence ? { why: 'too-long' } : undefined
}

function coverFault({ who, cover }: Asked, { colleagues }: Facts): AbsenceFault | undefined {
  if (cover.reference === '') return { why: 'cover-none' }
  if (cover.reference === who.reference) return { why: 'cover-self' }
  return colleagues.includes(cover.reference) ? undefined : { why: 'cover-elsewhere' }
}

function chainFault(asked: Asked, { others }: Facts): AbsenceFault | undefined {
  const near = others.filter((each) => each.id !== asked.id && overlaps(each, asked))
  const find = (why: AbsenceFault['why'], is: (each: Absence) => boolean) => {
    const other = near.find(is)
    return other && { why, other }
  }
  return (
    find('overlap', ({ who }) => who.reference === asked.who.reference) ??
    find('cover-away', ({ who }) => who.reference === asked.cover.reference) ??
    find('covers-others', ({ cover }) => cover.reference === asked.who.reference)
  )
}
