import type { Measure } from '#domain/case/measures.ts'
import { type Compared, compared } from './compared.ts'
import { type Exactness, notShown, shownCount, tellsHidden } from './shown-counts.ts'

type Groups = readonly Readonly<{ group: string; selected: number; eligible: number }>[]
type Shown = readonly (Compared & Readonly<{ of: string }>)[]

/**
 * The groups of one comparison as they may be shown. With rounded counts a comparison is left out if the rest of it would
 * tell a hidden count. `whole`: how many were selected: a number that is known, or as it is shown itself.
 */
export function comparedShown(
  groups: Groups,
  whole: number | Measure,
  exactness: Exactness,
): Shown {
  const show = shownCount(exactness)
  const all = groups.reduce((sum, { eligible }) => sum + eligible, 0)
  const rows = groups.map(({ group, selected, eligible }) => ({
    ...{ of: group, selected: show(selected), eligible: show(eligible) },
  }))
  const isRounded = exactness === 'rounded'
  const told = (name: 'selected' | 'eligible', sum: number | Measure) =>
    isRounded &&
    tellsHidden(
      rows.map((each) => each[name]),
      sum,
    )
  const [could, were] = [show(all), typeof whole === 'number' ? { count: whole } : whole]
  const isWithheld = !('count' in could) || told('eligible', could)
  if (isWithheld || !('count' in were) || told('selected', whole))
    return rows.map(({ of, eligible }) => ({
      ...{ of, selected: notShown, eligible: isWithheld ? notShown : eligible },
      verdict: 'hidden',
    }))
  const totals = { selected: were.count, eligible: could.count }
  return rows.map(({ of, ...counts }) => ({ of, ...compared(counts, totals) }))
}
