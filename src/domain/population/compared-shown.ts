import type { Measure } from '#domain/case/measures.ts'
import { type Compared, compared } from './compared.ts'
import { partlyShown } from './partly-shown.ts'
import { type Exactness, notShown, shownCount } from './shown-counts.ts'

type Groups = readonly Readonly<{ group: string; selected: number; eligible: number }>[]
type Shown = readonly (Compared & Readonly<{ of: string }>)[]

/**
 * The groups of one comparison as they may be shown: with rounded counts, as few of them left out as may be so that none
 * tells a hidden one. `whole`: how many were selected: a number that is known, or as it is shown itself.
 */
export function comparedShown(
  groups: Groups,
  whole: number | Measure,
  exactness: Exactness,
): Shown {
  const show = shownCount(exactness)
  const could = show(groups.reduce((sum, { eligible }) => sum + eligible, 0))
  const were = typeof whole === 'number' ? { count: whole } : whole
  const eligible = partsShown(
    groups.map((each) => show(each.eligible)),
    could,
    exactness,
  )
  const selected = partsShown(
    groups.map((each) => show(each.selected)),
    whole,
    exactness,
  )
  const totals = { selected: totalOf(were), eligible: totalOf(could) }
  return groups.map(({ group }, place) => ({
    of: group,
    ...compared(
      { selected: selected[place] ?? notShown, eligible: eligible[place] ?? notShown },
      totals,
    ),
  }))
}

type TriedLine = Readonly<{
  /** the line that is asked for; undefined: the one of free places */
  asked: number | undefined
  /** the free places as they are shown; undefined: not known */
  free: number | undefined
}>

/**
 * Whoever sees rounded counts compares those above the line of free places alone: from one line to the next groups only
 * grow, so that lines that are tried one after the other would tell a hidden count together.
 */
export const isComparedLine = ({ asked, free }: TriedLine, exactness: Exactness): boolean =>
  exactness === 'exact' || asked === undefined || asked === free

function partsShown(parts: readonly Measure[], whole: number | Measure, exactness: Exactness) {
  if (exactness === 'exact') return parts
  const isFew = typeof whole !== 'number' && 'fewerThan' in whole
  return isFew ? parts.map(() => notShown) : partlyShown(parts, whole)
}

const totalOf = (shown: Measure) => ('count' in shown ? shown.count : 0)
