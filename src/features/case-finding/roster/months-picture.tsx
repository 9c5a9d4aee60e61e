import { useLingui } from '@lingui/react/macro'
import type { Roster } from '#domain/roster/roster-parameters.ts'
import { countIn } from '#features/case-finding/population/count.tsx'

type Months = Roster['months']

const [width, height] = [24, 100]
const middle = height / 2

/** Who joined above the line, who left below it. The table beside it says the same in numbers. */
export function MonthsPicture({ months }: { months: Months }) {
  const { t } = useLingui()
  const most = Math.max(
    1,
    ...months.flatMap(({ joined, left }) => [countIn(joined), countIn(left)]),
  )
  const tall = (count: number) => (count / most) * (middle - 6)
  return (
    <figure className="roster-months">
      <svg
        viewBox={`0 0 ${months.length * width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t`Who joined and who left in each month; the table below has the numbers`}
      >
        {months.map(({ month, joined, left }, at) => (
          <g key={month}>
            <rect
              className="roster-months__joined"
              x={at * width + 5}
              y={middle - 1 - tall(countIn(joined))}
              width={width - 10}
              height={tall(countIn(joined))}
            />
            <rect
              className="roster-months__left"
              x={at * width + 5}
              y={middle + 1}
              width={width - 10}
              height={tall(countIn(left))}
            />
          </g>
        ))}
        <line x1="0" x2={months.length * width} y1={middle} y2={middle} />
      </svg>
      <figcaption className="gable-meta">{t`Above the line: joined. Below it: left.`}</figcaption>
    </figure>
  )
}
