import type { Measure } from '#domain/case/measures.ts'
import { type Exactness, shownCount } from '#domain/population/shown-counts.ts'
import type { PoorFigures, RuleFigures, YearAgo } from './rule-figures.ts'
import type { ShownRuleFigures } from './rule-parameters.ts'

type Show = (count: number) => Measure

/** The figures of a trial as a reader may see them: exact for those who may list these people, in fives for a manager. */
export function shownFigures(figures: RuleFigures, exactness: Exactness): ShownRuleFigures {
  const show = shownCount(exactness)
  const { found, added, dropped, kept, notJudged, total, free, above, yearAgo } = figures
  return {
    ...{ total: show(total), found: show(found), added: show(added), dropped: show(dropped) },
    ...{ kept: show(kept), notJudged: show(notJudged) },
    lines: figures.lines.map((line) => ({
      ...{ left: show(line.left), notJudged: show(line.notJudged) },
      ...{ missed: show(line.missed), caught: show(line.caught) },
    })),
    ...(free === undefined ? {} : { free }),
    ...(above === undefined ? {} : { above: show(above) }),
    poor: poorShown(figures.poor, show),
    poorBefore: poorShown(figures.poorBefore, show),
    poorAmong: poorShown(figures.poorAmong, show),
    ...(yearAgo ? { yearAgo: yearAgoShown(yearAgo, show) } : {}),
    toLookAt: figures.sample.length,
    milliseconds: figures.milliseconds,
  }
}

const poorShown = ({ poor, known }: PoorFigures, show: Show) => ({
  ...{ poor: show(poor), known: show(known) },
})

const yearAgoShown = ({ without, ...counts }: YearAgo, show: Show) => ({
  ...{ found: show(counts.found), stayed: show(counts.stayed) },
  ...{ people: show(counts.people), peopleStayed: show(counts.peopleStayed) },
  ...{ foundBefore: show(counts.foundBefore), stayedBefore: show(counts.stayedBefore) },
  without,
})
