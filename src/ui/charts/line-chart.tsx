import { Trans, useLingui } from '@lingui/react/macro'
import { DateText } from '#ui/text/date-text.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { type Box, chartScale } from './chart-scale.ts'

const box: Box = { width: 640, height: 220, pad: 36 }

type Point = Readonly<{ at: string; value: number }>

type LineChartProps = Readonly<{
  points: readonly Point[]
  limits: readonly Readonly<{ value: number; words: string }>[]
  label: string
  /** a point with its unit and the digits as they were sent */
  words: (point: Point) => string
}>

/** A series of readings with direct labels and the agreed limits, and the same as a table. */
export function LineChart({ points, limits, label, words }: LineChartProps) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  const { x, y } = chartScale(
    points,
    limits.map(({ value }) => value),
    box,
  )
  const day = (at: string) => i18n.date(new Date(at), { day: 'numeric', month: 'short', ...zone })
  return (
    <>
      <svg
        className="gable-chart"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={label}
      >
        {limits.map((limit) => (
          <g key={limit.value}>
            <line
              className="limit"
              x1={box.pad}
              x2={box.width - box.pad}
              y1={y(limit.value)}
              y2={y(limit.value)}
            />
            <text x={box.width - box.pad} y={y(limit.value) - 6} textAnchor="end">
              {limit.words}
            </text>
          </g>
        ))}
        <polyline
          className="line"
          points={points.map((point) => `${x(point.at)},${y(point.value)}`).join(' ')}
        />
        {points.map((point) => (
          <circle key={point.at} className="dot" cx={x(point.at)} cy={y(point.value)} r="4" />
        ))}
        <text x={x(last.at)} y={y(last.value) - 10} textAnchor="end">
          {words(last)}
        </text>
        <text x={box.pad} y={box.height - 8}>
          {day(first.at)}
        </text>
        <text x={box.width - box.pad} y={box.height - 8} textAnchor="end">
          {day(last.at)}
        </text>
      </svg>
      <details>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <table className="gable-table">
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.at}>
                <th scope="row">
                  <DateText date={point.at} withTime />
                </th>
                <td className="gable-number">{words(point)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
