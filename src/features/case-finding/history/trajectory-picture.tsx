import { useLingui } from '@lingui/react/macro'
import type { ShownPoint } from '#domain/risk/score-history-parameters.ts'

const width = 640
const height = 240
const left = 36
const right = 16
const top = 16
const bottom = 32

type Series = Readonly<{
  name: string
  mark: string
  of: (point: ShownPoint) => number | undefined
}>

/** Three lines over the same half years; where the record supports no point, there is none, and the line is open. */
export function TrajectoryPicture({ points }: { points: readonly ShownPoint[] }) {
  const { t, i18n } = useLingui()
  const all: readonly Series[] = [
    { name: t`Frailty count`, mark: 'frailty', of: ({ frailty }) => frailty },
    { name: t`Charlson`, mark: 'charlson', of: ({ charlson }) => charlson },
    { name: t`Chance in 100`, mark: 'chance', of: ({ chance }) => chance },
  ]
  const values = all.flatMap(({ of }) => points.flatMap((point) => of(point) ?? []))
  const highest = Math.max(10, ...values)
  const x = (at: number) => left + (at / Math.max(1, points.length - 1)) * (width - left - right)
  const y = (value: number) => height - bottom - (value / highest) * (height - top - bottom)
  const day = (text: string) =>
    i18n.date(new Date(`${text}T12:00:00Z`), { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const drawing = (
    <svg
      className="gable-chart score__trajectory"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t`Frailty count, Charlson and chance over three years. The table below holds the same numbers.`}
    >
      {[0, highest].map((value) => (
        <g key={value}>
          <line className="axis" x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {all.map(({ mark, of }) => {
        const known = points.flatMap((point, at) => {
          const value = of(point)
          return value === undefined ? [] : [{ at, value }]
        })
        return (
          <g key={mark} className={`score__line score__line--${mark}`}>
            {known.map(({ at, value }, place) => {
              const next = known[place + 1]
              return next && next.at === at + 1 ? (
                <line key={at} x1={x(at)} y1={y(value)} x2={x(next.at)} y2={y(next.value)} />
              ) : null
            })}
            {known.map(({ at, value }) => (
              <circle key={at} cx={x(at)} cy={y(value)} r="4" />
            ))}
          </g>
        )
      })}
      {[0, points.length - 1].map((at) => (
        <text key={at} x={x(at)} y={height - 8} textAnchor={at === 0 ? 'start' : 'end'}>
          {day(points[at]?.day ?? '')}
        </text>
      ))}
    </svg>
  )
  return (
    <div>
      {drawing}
      <Key lines={all.flatMap((each) => lastOf(each, points))} />
    </div>
  )
}

type KeyLine = Readonly<{ name: string; mark: string; value: number }>

function lastOf({ name, mark, of }: Series, points: readonly ShownPoint[]): readonly KeyLine[] {
  const value = points.flatMap((point) => of(point) ?? []).at(-1)
  return value === undefined ? [] : [{ name, mark, value }]
}

/** Beneath the picture, and not at the ends of its lines: they may end side by side. */
function Key({ lines }: { lines: readonly KeyLine[] }) {
  return (
    <ul className="score__key">
      {lines.map(({ name, mark, value }) => (
        <li key={mark}>
          <svg
            className={`score__line score__line--${mark}`}
            width="36"
            height="10"
            aria-hidden="true"
          >
            <line x1="0" x2="36" y1="5" y2="5" />
            <circle cx="18" cy="5" r="4" />
          </svg>
          {name}: {value}
        </li>
      ))}
    </ul>
  )
}
