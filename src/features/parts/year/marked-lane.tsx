import type { ReactNode } from 'react'
import { placeLabels } from '#domain/year/place-labels.ts'
import { shortText, textWidth, type YearFrame } from './year-lane.ts'

export type LaneMark = Readonly<{
  id: string
  day: string
  label: string
  /** for the picture, where the label is long */
  short?: string
  shape: 'dot' | 'ring' | 'triangle' | 'box' | 'voice'
}>

const mostRows = 3
const markSize = 6

/** Marks with their texts beside them, in as many rows as needed that no two touch. */
export function markedLane(
  marks: readonly LaneMark[],
  { x, left, right, font }: YearFrame,
): Readonly<{ height: number; draw: (top: number) => ReactNode }> {
  const lineHeight = font * 1.4
  const labels = marks.map(({ id, day, label, short }) => ({
    ...{ id, x: x(day) },
    width: textWidth(shortText(short ?? label), font) + 6,
  }))
  const places = placeLabels(labels, {
    left: left - 4,
    right: right + 20,
    rows: mostRows,
    mark: markSize,
  })
  const rows = Math.max(0, ...[...places.values()].map(({ row }) => row)) + 1
  return {
    height: rows * lineHeight + font,
    draw: (top) =>
      marks.map((mark) => {
        const { row, side } = places.get(mark.id) ?? { row: 0 }
        const y = top + font + row * lineHeight
        return <Marked key={mark.id} {...{ mark, side, y, x: x(mark.day), font }} />
      }),
  }
}

type MarkedProps = Readonly<{
  mark: LaneMark
  side: 'after' | 'before' | undefined
  x: number
  y: number
  font: number
}>

function Marked({ mark: { shape, label, short }, side, x, y, font }: MarkedProps) {
  const away = markSize + 5
  return (
    <g>
      <MarkShape shape={shape} x={x} y={y} />
      {side ? (
        <text
          x={side === 'after' ? x + away : x - away}
          y={y + font * 0.35}
          textAnchor={side === 'after' ? 'start' : 'end'}
        >
          {shortText(short ?? label)}
        </text>
      ) : null}
    </g>
  )
}

type ShapeProps = Readonly<{ shape: LaneMark['shape']; x: number; y: number }>

function MarkShape({ shape, x, y }: ShapeProps) {
  switch (shape) {
    case 'triangle':
      return <path className="year__alert" d={`M${x} ${y - 7}l7 12h-14z`} />
    case 'box':
      return <rect className="year__closed" x={x - 5} y={y - 5} width="10" height="10" />
    case 'ring':
      return <circle className="year__ring" cx={x} cy={y} r="4.5" />
    case 'voice':
      return <rect className="year__voice" x={x - 2} y={y - 9} width="5" height="18" />
    default:
      return <circle className="year__dot" cx={x} cy={y} r="5" />
  }
}
