import type { YearVersion } from '#domain/year/year-facts.ts'
import type { OnDay, YearPicture } from '#domain/year/year-picture.ts'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import type { YearWords } from './use-year-words.ts'
import type { YearFrame, YearLane } from './year-lane.ts'

const houseWidth = 40

/** The versions of the plan as small houses on one ground line: a filled roof where the person said yes. */
export function planLane(
  { versions, today, span }: YearPicture,
  { x, left, right, font }: YearFrame,
  words: YearWords,
): YearLane {
  const end = today < span.until ? Math.max(left, x(today)) : right
  return {
    ...{ key: 'plan', title: words.lanes.plan, note: words.roofNote },
    height: font + 58,
    draw: (top) => (
      <>
        <line
          className="year__ground"
          x1={left}
          x2={end}
          y1={top + font + 48}
          y2={top + font + 48}
        />
        {apart(versions, x).map(({ day, it }) => (
          <g key={it.number} transform={`translate(${x(day) - houseWidth / 2} ${top + font + 14})`}>
            <text x={houseWidth / 2} y={-4} textAnchor="middle">
              {it.number}
            </text>
            <HouseThumbnail state={it.agreed ? 'agreed' : 'waiting'} size={houseWidth} />
          </g>
        ))}
        {versions.length === 0 ? (
          <text x={left} y={top + font + 10}>
            {words.noVersion}
          </text>
        ) : null}
      </>
    ),
    entries: versions.map(({ day, it }) => ({
      ...{ id: `version-${it.number}`, day, text: words.version(it) },
    })),
  }
}

/** So many that none covers another: of those close together the last one that was agreed, otherwise the last one. */
function apart(
  versions: readonly OnDay<YearVersion>[],
  x: YearFrame['x'],
): readonly OnDay<YearVersion>[] {
  const shown: OnDay<YearVersion>[] = []
  for (const each of versions) {
    const last = shown.at(-1)
    if (!last || x(each.day) - x(last.day) >= houseWidth + 2) shown.push(each)
    else if (each.it.agreed || !last.it.agreed) shown[shown.length - 1] = each
  }
  // the last one moves to the right when it takes the place of another
  return shown.filter((each, at) => {
    const next = shown[at + 1]
    return !next || x(next.day) - x(each.day) >= houseWidth + 2
  })
}
