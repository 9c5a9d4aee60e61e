import { useLingui } from '@lingui/react/macro'
import type { FeedSource } from '#domain/feed/feeds-parameters.ts'
import { countIn } from '#features/case-finding/population/count.tsx'
import { useMonthStates } from './use-month-states.ts'

const most = 18
const height = 96
const step = 20

/** A bar a month: full where complete, hollow where more is to come, striped where there are fewer than usual. */
export function MonthsChart({ months }: Pick<FeedSource, 'months'>) {
  const { t, i18n } = useLingui()
  const states = useMonthStates()
  const shown = months.slice(-most)
  const highest = Math.max(
    1,
    ...shown.flatMap(({ lines, usual }) => [countIn(lines), usual ? countIn(usual) : 0]),
  )
  const width = shown.length * step
  const nameOf = (month: string) =>
    i18n.date(new Date(`${month}-01T12:00:00Z`), { month: 'short', timeZone: 'UTC' })
  return (
    <figure className="feeds-chart">
      <svg
        viewBox={`0 0 ${width} ${height + 4}`}
        role="img"
        aria-label={t`Lines by month`}
        preserveAspectRatio="none"
      >
        {shown.map(({ month, lines, state, usual }, at) => {
          const tall = (countIn(lines) / highest) * height
          const line = usual ? height - (countIn(usual) / highest) * height : undefined
          return (
            <g key={month}>
              <rect
                className={`feeds-chart__${state}`}
                x={at * step + 3}
                width={step - 6}
                y={height - tall}
                height={tall + 2}
              />
              {line === undefined ? null : (
                <line
                  className="feeds-chart__usual"
                  x1={at * step + 1}
                  x2={at * step + step - 1}
                  y1={line}
                  y2={line}
                />
              )}
            </g>
          )
        })}
      </svg>
      <div className="feeds-chart__names" aria-hidden="true">
        {shown.map(({ month }) => (
          <span key={month}>{nameOf(month)}</span>
        ))}
      </div>
      <figcaption className="gable-meta">
        {(['complete', 'not-yet', 'few'] as const).map((state) => (
          <span key={state} className="feeds-chart__key">
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <rect className={`feeds-chart__${state}`} x="1" y="1" width="10" height="10" />
            </svg>
            {states[state]}
          </span>
        ))}
        <span className="feeds-chart__key">
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <line className="feeds-chart__usual" x1="0" x2="12" y1="6" y2="6" />
          </svg>
          {t`What this source usually sends`}
        </span>
      </figcaption>
    </figure>
  )
}
