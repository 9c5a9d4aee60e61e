import type { Measure } from '#domain/case/measures.ts'

const perRow = 30
const most = 600
const step = 12

/** One square a person: filled added, an outline with a minus dropped, an outline the same. Its number stands beside it. */
export function RuleSquares({
  of,
  kind,
}: Readonly<{ of: Measure; kind: 'added' | 'dropped' | 'kept' }>) {
  const count = 'count' in of ? Math.min(of.count, most) : 0
  if (count === 0) return null
  const columns = kind === 'kept' ? perRow : perRow / 2
  const rows = Math.ceil(count / columns)
  const width = Math.min(count, columns) * step
  return (
    <svg
      className={`rule-squares rule-squares--${kind}`}
      width={width}
      height={rows * step}
      viewBox={`0 0 ${width} ${rows * step}`}
      aria-hidden="true"
    >
      {Array.from({ length: count }, (_, at) => {
        const [x, y] = [(at % columns) * step, Math.floor(at / columns) * step]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: squares are alike
          <g key={at} transform={`translate(${x} ${y})`}>
            <rect x="1" y="1" width="8" height="8" />
            {kind === 'dropped' ? <path d="M3 5h4" /> : null}
          </g>
        )
      })}
    </svg>
  )
}
