import type { Measure } from '#domain/case/measures.ts'
import { comparedBy, comparedGroups } from '#domain/population/compared.ts'
import { comparedShown } from '#domain/population/compared-shown.ts'
import {
  type Exactness,
  fewestShown,
  notShown,
  shownCount,
  tellsHidden,
} from '#domain/population/shown-counts.ts'
import type { PoorFigures, RuleFigures, YearAgo } from './rule-figures.ts'
import type { ShownRuleFigures } from './rule-parameters.ts'

type Show = (count: number) => Measure

/**
 * The figures of a trial as a reader may see them: exact for those who may list these people; for a manager in fives,
 * and without those that could be subtracted from each other to a count of few.
 */
export function shownFigures(figures: RuleFigures, exactness: Exactness): ShownRuleFigures {
  const shown = counted(figures, exactness)
  if (exactness === 'rounded') return withheld(shown, shownChange(figures, exactness))
  return { ...shown, toLookAt: figures.sample.length, milliseconds: figures.milliseconds }
}

type Change = Readonly<{ found: number; added: number; dropped: number }>
type ShownChange = Pick<ShownRuleFigures, 'added' | 'dropped' | 'kept'>

/** Added, dropped and kept: all of them, or none if two of them and their sum would tell a count of few. */
export function shownChange({ found, added, dropped }: Change, exactness: Exactness): ShownChange {
  const show = shownCount(exactness)
  const kept = Math.max(0, found - added)
  const change = { added: show(added), dropped: show(dropped), kept: show(kept) }
  const tells = (parts: readonly Measure[], whole: Measure) =>
    'count' in whole && tellsHidden(parts, whole)
  const isTold =
    exactness === 'rounded' &&
    (tells([change.added, change.kept], show(found)) ||
      tells([change.kept, change.dropped], show(kept + dropped)))
  return isTold ? { added: notShown, dropped: notShown, kept: notShown } : change
}

/** “5” is five to seven: of five and five, the rest would be two at most. So no part of fewer than ten is shown. */
const isSmall = (of: Measure) => !('count' in of) || of.count < 2 * fewestShown
/** A share of fewer says nothing. */
const isFew = (of: Measure) => !('count' in of) || of.count < 4 * fewestShown

/** What is left out depends only on what is shown, so that a gap tells nothing. */
function withheld(shown: ShownRuleFigures, change: ShownChange): ShownRuleFigures {
  const { found, notJudged, above, yearAgo } = shown
  const unless = (isHidden: boolean, of: Measure) => (isHidden ? notShown : of)
  const poor = (of: ShownRuleFigures['poor']) =>
    isFew(of.known) ? { poor: notShown, known: notShown } : of
  return {
    ...shown,
    ...change,
    total: unless(isSmall(found), shown.total),
    lines: shown.lines.map((line) => ({
      ...unknownWithheld(line, shown.total),
      left: unless(isSmall(found), line.left),
      notJudged: unless(isSmall(notJudged), line.notJudged),
      ...{ missed: notShown, caught: notShown },
    })),
    ...(above ? { above: unless(isSmall(change.added), above) } : {}),
    poor: poor(shown.poor),
    poorBefore: poor(shown.poorBefore),
    poorAmong: poor(shown.poorAmong),
    ...(yearAgo ? { yearAgo: yearAgoWithheld(yearAgo) } : {}),
  }
}

/** Who fits the line, whom it cannot judge, and who does not fit are everybody: neither of the last two may be few. */
function unknownWithheld(
  { left, unknown }: ShownRuleFigures['lines'][number],
  total: Measure,
): Readonly<{ unknown?: Measure }> {
  if (!unknown) return {}
  const rest = { count: countOf(total) - countOf(unknown) - countOf(left) }
  return { unknown: isSmall(unknown) || isFew(rest) ? notShown : unknown }
}

const countOf = (of: Measure) => ('count' in of ? of.count : 0)

function yearAgoWithheld(told: NonNullable<ShownRuleFigures['yearAgo']>) {
  const none = isSmall(told.peopleStayed)
  return {
    ...told,
    ...(isFew(told.people) ? { people: notShown, peopleStayed: notShown } : {}),
    ...(none || isFew(told.found) ? { found: notShown, stayed: notShown } : {}),
    ...(none || isFew(told.foundBefore) ? { foundBefore: notShown, stayedBefore: notShown } : {}),
  }
}

function counted(figures: RuleFigures, exactness: Exactness): ShownRuleFigures {
  const show = shownCount(exactness)
  const { found, added, dropped, kept, notJudged, total, free, above, yearAgo } = figures
  return {
    ...{ total: show(total), found: show(found), added: show(added), dropped: show(dropped) },
    ...{ kept: show(kept), notJudged: show(notJudged) },
    lines: figures.lines.map((line) => ({
      ...{ left: show(line.left), notJudged: show(line.notJudged) },
      ...(line.unknown === undefined ? {} : { unknown: show(line.unknown) }),
      ...{ missed: show(line.missed), caught: show(line.caught) },
    })),
    ...(free === undefined ? {} : { free }),
    ...(above === undefined ? {} : { above: show(above) }),
    poor: poorShown(figures.poor, show),
    poorBefore: poorShown(figures.poorBefore, show),
    poorAmong: poorShown(figures.poorAmong, show),
    compared: comparedIn(figures, exactness),
    ...(yearAgo ? { yearAgo: yearAgoShown(yearAgo, show) } : {}),
  }
}

function comparedIn(
  { groups = [], found }: RuleFigures,
  exactness: Exactness,
): ShownRuleFigures['compared'] {
  if (groups.length === 0) return []
  const whole = exactness === 'exact' ? found : shownCount(exactness)(found)
  return comparedBy.flatMap((by) => {
    const of = comparedGroups[by].flatMap((group) => {
      const row = groups.find((each) => each.by === by && each.group === group)
      // a rounded group that were not there would tell that nobody is in it
      if (!row && exactness === 'exact') return []
      return [row ?? { group, selected: 0, eligible: 0 }]
    })
    return comparedShown(of, selectedIn(of, whole), exactness).map((row) => ({ by, ...row }))
  })
}

/** Who said no to planning is found, and in no group. */
const selectedIn = (rows: readonly Readonly<{ selected: number }>[], whole: number | Measure) =>
  typeof whole === 'number' ? rows.reduce((sum, { selected }) => sum + selected, 0) : whole

const poorShown = ({ poor, known }: PoorFigures, show: Show) => ({
  ...{ poor: show(poor), known: show(known) },
})

const yearAgoShown = ({ without, ...counts }: YearAgo, show: Show) => ({
  ...{ found: show(counts.found), stayed: show(counts.stayed) },
  ...{ people: show(counts.people), peopleStayed: show(counts.peopleStayed) },
  ...{ foundBefore: show(counts.foundBefore), stayedBefore: show(counts.stayedBefore) },
  without,
})
