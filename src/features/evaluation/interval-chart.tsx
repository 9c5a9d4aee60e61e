import { useLingui } from '@lingui/react/macro'
import type { ToldOutcome } from './told-outcome.ts'

type Props = Pick<ToldOutcome, 'difference' | 'low' | 'high' | 'verdict'>

const width = 320
const middle = width / 2
const room = middle - 24

/** The difference with its interval around “no difference”: fewer on the left, more on the right, in one scale. */
export function IntervalChart({ difference, low, high, verdict }: Props) {
  const { t, i18n } = useLingui()
  const reach = Math.max(Math.abs(low), Math.abs(high), 1)
  const at = (value: number) => middle + (value / reach) * room
  const number = (value: number) =>
    i18n.number(value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const words = t`Difference of 100 people: ${number(difference)}; with what chance does, from ${number(low)} to ${number(high)}`
  return (
    <svg
      className={`evaluation-chart evaluation-chart--${verdict}`}
      viewBox={`0 0 ${width} 76`}
      role="img"
      aria-label={words}
    >
      <line className="evaluation-chart__none" x1={middle} x2={middle} y1={16} y2={52} />
      <line className="evaluation-chart__reach" x1={at(low)} x2={at(high)} y1={34} y2={34} />
      <circle cx={at(difference)} cy={34} r={6} />
      <text x={4} y={12}>{t`fewer`}</text>
      <text x={middle} y={12} textAnchor="middle">{t`the same`}</text>
      <text x={width - 4} y={12} textAnchor="end">{t`more`}</text>
      <text x={clear(at(low))} y={70} textAnchor="middle">
        {number(low)}
      </text>
      <text x={clear(at(high))} y={70} textAnchor="middle">
        {number(high)}
      </text>
    </svg>
  )
}

/** So that a number is not cut at the edge. */
const clear = (x: number) => Math.min(width - 20, Math.max(20, x))
