import type { MeasureChart } from '#domain/outcome/measure-chart.ts'
import { useMonthWords } from '#features/outcomes/use-month-words.ts'
import type { XmrMark } from './xmr-marks.tsx'
import { type XmrScale, xmrScale } from './xmr-scale.ts'

type Props = Readonly<{
  chart: MeasureChart
  target: number | undefined
  label: string
  marks: readonly XmrMark[]
}>

/** Shapes of one chart: band, mean, target and points. Time runs from left to right in every language. */
export function XmrPlot({ chart, target, label, marks }: Props) {
  const scale = xmrScale(chart, target)
  const { x, y } = scale
  return (
    <div className="xmr" dir="ltr" role="img" aria-label={label}>
      <div className="xmr__plot" aria-hidden="true">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <Bands {...{ chart, scale }} />
          {target === undefined ? null : (
            <line className="xmr__target" x1="0" x2="100" y1={y(target)} y2={y(target)} />
          )}
          {runsOf(chart).map((run) => (
            <polyline
              key={run[0]?.at}
              className="xmr__line"
              points={run.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
            />
          ))}
        </svg>
        {marks.map(({ mark, month }) => {
          const at = chart.months.findIndex((each) => each.month === month)
          return at < 0 ? null : (
            <span key={mark} className="xmr__tried" style={{ insetInlineStart: `${x(at)}%` }}>
              <b>{mark}</b>
            </span>
          )
        })}
        {chart.points.map(({ value, kind }, at) => (
          <span
            key={chart.months[at]?.month}
            className={value === null ? 'xmr__gap' : `xmr__point xmr__point--${kind}`}
            style={{
              insetInlineStart: `${x(at)}%`,
              insetBlockStart: `${value === null ? 96 : y(value)}%`,
            }}
          />
        ))}
      </div>
      <Months {...{ chart, scale }} />
    </div>
  )
}

type Part = Readonly<{ chart: MeasureChart; scale: XmrScale }>

/** Usual range and average of each group; half a month to each side. */
function Bands({ chart, scale: { x, y } }: Part) {
  const half = (x(1) - x(0)) / 2
  return chart.groups.map(({ at, count, limits }) => {
    if (!limits) return null
    const [from, to] = [Math.max(0, x(at - 1) - half), Math.min(100, x(at + count - 2) + half)]
    return (
      <g key={at}>
        <rect
          className="xmr__band"
          x={from}
          width={to - from}
          y={y(limits.upper)}
          height={Math.max(0, y(limits.lower) - y(limits.upper))}
        />
        <line className="xmr__mean" x1={from} x2={to} y1={y(limits.mean)} y2={y(limits.mean)} />
      </g>
    )
  })
}

/** Points that a line joins: none across a month that is not shown, and none from one group to the next. */
function runsOf({ points }: MeasureChart) {
  const runs: { at: number; value: number; group: number }[][] = []
  points.forEach(({ value, group }, at) => {
    if (value === null) return
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before?.at === at - 1 && before.group === group) run.push({ at, value, group })
    else runs.push([{ at, value, group }])
  })
  return runs
}

function Months({ chart: { months }, scale: { x } }: Part) {
  const monthWords = useMonthWords()
  const every = Math.max(1, Math.ceil(months.length / 6))
  const isNamed = (at: number) =>
    at === months.length - 1 || (at % every === 0 && at <= months.length - 1 - every * 0.8)
  return (
    <div className="xmr__months" aria-hidden="true">
      {months.map(({ month }, at) =>
        isNamed(at) ? (
          <span key={month} style={{ insetInlineStart: `${x(at)}%` }}>
            {monthWords(month, 'short')}
            {at === 0 || month.endsWith('-01') || at % (every * 2) === 0 ? (
              <small> {month.split('-')[0]}</small>
            ) : null}
          </span>
        ) : null,
      )}
    </div>
  )
}
