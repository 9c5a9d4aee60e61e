import { type Box, type ChartPoint, chartScale } from './chart-scale.ts'

export type SparklineProps = Readonly<{
  points: readonly ChartPoint[]
  limitLow?: number | undefined
  limitHigh?: number | undefined
  /** when the readings were taken that are outside in another way, such as a rise */
  outsideAt?: readonly string[]
  /** the same as text */
  label: string
}>

const box: Box = { width: 130, height: 44, pad: 5 }

/** A few readings beside their text, with the agreed limit as a dashed line. */
export function Sparkline({ points, limitLow, limitHigh, outsideAt = [], label }: SparklineProps) {
  if (points.length === 0) return null
  const limits = [limitLow, limitHigh].filter((limit) => limit !== undefined)
  const { x, y } = chartScale(points, limits, box)
  const isOutside = ({ at, value }: ChartPoint) =>
    outsideAt.includes(at) ||
    (limitLow !== undefined && value < limitLow) ||
    (limitHigh !== undefined && value > limitHigh)
  return (
    <svg
      className="gable-sparkline"
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={label}
    >
      {limits.map((limit) => (
        <line key={limit} className="limit" x1="0" x2={box.width} y1={y(limit)} y2={y(limit)} />
      ))}
      <polyline
        className="line"
        points={points.map((point) => `${x(point.at)},${y(point.value)}`).join(' ')}
      />
      {points.map((point) =>
        isOutside(point) ? (
          <rect
            key={point.at}
            className="outside"
            x={x(point.at) - 4}
            y={y(point.value) - 4}
            width="8"
            height="8"
          />
        ) : (
          <circle key={point.at} className="dot" cx={x(point.at)} cy={y(point.value)} r="2" />
        ),
      )}
    </svg>
  )
}
