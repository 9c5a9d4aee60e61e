import type { CSSProperties, ReactNode } from 'react'

/** To 20 in 100 people, not to all: the bend is the message. */
export const mostPeople = 20
const size = { width: 560, height: 242 }

/** Where a share of people, in 100, and their share of something, in 100, lie in the picture. */
type Scale = Readonly<{ x: (people: number) => number; y: (share: number) => number }>

type Place = Readonly<{ left?: number; top?: number }>

const placed = ({ left, top }: Place): CSSProperties => ({
  ...(left === undefined ? {} : { insetInlineStart: `${(left / mostPeople) * 100}%` }),
  ...(top === undefined ? {} : { insetBlockStart: `${top}%` }),
})

type Props = Readonly<{
  /** the highest share that is drawn, in 100 */
  highest: number
  label: string
  /** the lines, under which the grid lies */
  draw: (scale: Scale & typeof size) => ReactNode
  /** words and marks over the picture; `top` of a share, in 100 of its height */
  over?: (top: (share: number) => number) => ReactNode
}>

/** The ground of a curve by share of people: the grid, its words, and the line that equal shares would give. */
export function CurvePlot({ highest, label, draw, over }: Props) {
  const ceiling = Math.min(100, Math.ceil(Math.max(20, highest) / 20) * 20)
  const top = (share: number) => 100 - (share / ceiling) * 100
  const x = (people: number) => (people / mostPeople) * size.width
  const y = (share: number) => (top(share) / 100) * size.height
  const lines = Array.from({ length: ceiling / 20 + 1 }, (_, step) => step * 20)
  return (
    <div className="population-curve__plot">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {lines.map((share) => (
          <line key={share} className="grid" x1="0" x2={size.width} y1={y(share)} y2={y(share)} />
        ))}
        {draw({ x, y, ...size })}
        <line className="even" x1="0" y1={y(0)} x2={size.width} y2={y(mostPeople)} />
      </svg>
      {lines.map((share) => (
        <CurveWord key={share} className="population-curve__share" top={top(share)}>
          {share}%
        </CurveWord>
      ))}
      {[0, 5, 10, 15, 20].map((percent) => (
        <CurveWord key={percent} className="population-curve__people" left={percent}>
          {percent}%
        </CurveWord>
      ))}
      {over?.(top)}
    </div>
  )
}

/** `left`: a share of people, in 100; `top`: in 100 of the height. */
export function CurveWord({
  className,
  children,
  ...place
}: Place & Readonly<{ className: string; children?: ReactNode }>) {
  return (
    <span className={className} style={placed(place)} aria-hidden="true">
      {children}
    </span>
  )
}
