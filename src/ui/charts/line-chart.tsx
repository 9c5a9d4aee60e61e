import { Trans, useLingui } from '@lingui/react/macro'
import { DateText } from '#ui/text/date-text.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { type Box, chartScale } from './chart-scale.ts'
import { chartTicks } from './chart-ticks.ts'

const box: Box = { width: 640, height: 240, pad: 44 }

type Point = Readonly<{ at: string; value: number }>

/** `side`: what is beyond it is outside; absent for a line that only shows a value. */
type Limit = Readonly<{ value: number; words: string; side?: 'low' | 'high' }>

type LineChartProps = Readonly<{
  points: readonly Point[]
  limits: readonly Limit[]
  label: string
  /** a point with its unit and the digits as they were sent */
  words: (point: Point) => string
}>

const sideOf = (limits: readonly Limit[], { value }: Point): 'low' | 'high' | undefined =>
  limits.find(({ side, value: limit }) =>
    side === 'low' ? value < limit : side === 'high' && value > limit,
  )?.side

/**
 * A series of readings: axes, the agreed limits as a band, and the same as a table. What is outside has another shape, a
 * square, and says so in the table: it can be told without colour.
 */
export function LineChart({ points, limits, label, words }: LineChartProps) {
  const last = points.at(-1)
  if (!last) return null
  const scale = chartScale(
    points,
    limits.map(({ value }) => value),
    box,
  )
  const { x, y } = scale
  return (
    <>
      <svg
        className="gable-chart"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={label}
      >
        <LimitBand limits={limits} y={y} />
        <Axes points={points} scale={scale} />
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
        {points.map((point) =>
          sideOf(limits, point) ? (
            <rect
              key={point.at}
              className="outside"
              x={x(point.at) - 5}
              y={y(point.value) - 5}
              width="10"
              height="10"
            />
          ) : (
            <circle key={point.at} className="dot" cx={x(point.at)} cy={y(point.value)} r="4" />
          ),
        )}
        <text x={x(last.at)} y={y(last.value) - 10} textAnchor="end">
          {words(last)}
        </text>
      </svg>
      {points.some((point) => sideOf(limits, point)) ? (
        <p className="gable-meta">
          <Trans>Squares are outside the agreed limits.</Trans>
        </p>
      ) : null}
      <PointTable points={points} limits={limits} words={words} />
    </>
  )
}

/** Between the limits; to the edge of the picture where only one is agreed. */
function LimitBand({
  limits,
  y,
}: Readonly<{ limits: readonly Limit[]; y: (v: number) => number }>) {
  const edge = (side: 'low' | 'high') => limits.find((each) => each.side === side)?.value
  const [low, high] = [edge('low'), edge('high')]
  if (low === undefined && high === undefined) return null
  const top = high === undefined ? box.pad / 2 : y(high)
  const bottom = low === undefined ? box.height - box.pad : y(low)
  return (
    <rect
      className="band"
      x={box.pad}
      y={top}
      width={box.width - 2 * box.pad}
      height={Math.max(0, bottom - top)}
    />
  )
}

type AxesProps = Readonly<{ points: readonly Point[]; scale: ReturnType<typeof chartScale> }>

function Axes({ points, scale: { y, low, high } }: AxesProps) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const day = ({ at }: Point) =>
    i18n.date(new Date(at), {
      ...{ day: 'numeric', month: 'short', year: 'numeric' },
      ...(at.length > 10 ? zone : { timeZone: 'UTC' }),
    })
  const [first, last] = [points[0], points.at(-1)]
  return (
    <g>
      {chartTicks(low, high).map((tick) => (
        <g key={tick}>
          <line className="grid" x1={box.pad} x2={box.width - box.pad} y1={y(tick)} y2={y(tick)} />
          <text x={box.pad - 6} y={y(tick) + 4} textAnchor="end">
            {i18n.number(tick)}
          </text>
        </g>
      ))}
      {first ? (
        <text x={box.pad} y={box.height - 12}>
          {day(first)}
        </text>
      ) : null}
      {last && last !== first ? (
        <text x={box.width - box.pad} y={box.height - 12} textAnchor="end">
          {day(last)}
        </text>
      ) : null}
    </g>
  )
}

function PointTable({ points, limits, words }: Omit<LineChartProps, 'label'>) {
  return (
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
              {limits.some(({ side }) => side) ? (
                <td>
                  <SideWords side={sideOf(limits, point)} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function SideWords({ side }: { side: 'low' | 'high' | undefined }) {
  if (side === 'low') return <Trans>below the limit</Trans>
  return side === 'high' ? <Trans>above the limit</Trans> : <Trans>within</Trans>
}
