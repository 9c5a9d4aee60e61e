import { monthWritten } from '#domain/calendar/days.ts'
import type { ReadingRow } from '#domain/year/year-picture.ts'
import type { YearWords } from './use-year-words.ts'
import { type LaneEntry, textWidth, type YearFrame, type YearLane } from './year-lane.ts'

const height = 92

/** One kind of reading against its agreed limits; what is outside is a square. A long time without any is said. */
export function readingLane(row: ReadingRow, frame: YearFrame, words: YearWords): YearLane {
  const { kind, limit } = row
  const y = scaleOf(row)
  return {
    ...{ key: kind, title: words.reading.name(kind), height: height + frame.font },
    ...(limit ? { note: words.limits(limit) } : {}),
    draw: (top) => {
      const drawn = { row, frame, words, y: (value: number) => top + y(value) }
      return (
        <>
          <LimitLines {...drawn} />
          <ReadingMarks {...drawn} />
          <EndValues {...drawn} />
          <SilentWords {...drawn} top={top} />
        </>
      )
    },
    entries: entriesOf(row, words),
  }
}

type Drawn = Readonly<{
  row: ReadingRow
  frame: YearFrame
  words: YearWords
  y: (value: number) => number
}>

function LimitLines({ row: { limit }, frame: { left, right }, y }: Drawn) {
  const values = [limit?.low, limit?.high].flatMap((each) => each ?? [])
  return values.map((value) => (
    <line key={value} className="year__limit" x1={left} x2={right} y1={y(value)} y2={y(value)} />
  ))
}

function ReadingMarks({ row: { points, outside }, frame: { x }, y }: Drawn) {
  return (
    <>
      <polyline
        className="year__line"
        points={points.map(({ day, it }) => `${x(day)},${y(it.value)}`).join(' ')}
      />
      {points.map(({ day, it }) =>
        outside.includes(it.id) ? (
          <rect
            key={it.id}
            className="year__outside"
            x={x(day) - 5}
            y={y(it.value) - 5}
            width="10"
            height="10"
          />
        ) : (
          <circle key={it.id} className="year__dot" cx={x(day)} cy={y(it.value)} r="3" />
        ),
      )}
    </>
  )
}

/** The first and the last value, if their texts do not touch. */
function EndValues({ row: { points }, frame: { x, left, right, font }, words, y }: Drawn) {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  const [firstText, lastText] = [words.reading.value(first.it), words.reading.value(last.it)]
  const room = x(last.day) - x(first.day) - textWidth(firstText + lastText, font)
  return (
    <>
      {room > font ? (
        <text x={Math.max(left, x(first.day) - 4)} y={y(first.it.value) - 9}>
          {firstText}
        </text>
      ) : null}
      <text
        x={x(last.day) - textWidth(lastText, font) < left ? left : Math.min(right, x(last.day) + 4)}
        y={y(last.it.value) - 9}
        textAnchor={x(last.day) - textWidth(lastText, font) < left ? 'start' : 'end'}
      >
        {lastText}
      </text>
    </>
  )
}

function SilentWords({
  row: { points, silentSince },
  frame: { x, left, right, font },
  words,
  y,
  top,
}: Drawn & Readonly<{ top: number }>) {
  if (!silentSince) return null
  const last = points.at(-1)
  const text = words.silent(silentSince)
  const at = last ? x(last.day) + 10 : left
  const isAtEnd = at + textWidth(text, font) > right
  return (
    <text
      className="year__strong"
      x={isAtEnd ? right : at}
      y={(last ? y(last.it.value) : top + height / 2) + font + 4}
      textAnchor={isAtEnd ? 'end' : 'start'}
    >
      {text}
    </text>
  )
}

/** From a value to the height within the lane: with room for the limits, and for texts above and below. */
function scaleOf({ points, limit }: ReadingRow): (value: number) => number {
  const values = [
    ...points.map(({ it }) => it.value),
    ...[limit?.low, limit?.high].flatMap((each) => each ?? []),
  ]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (!(high > low)) return () => height / 2 + 8
  return (value) => height - 8 - ((value - low) / (high - low)) * (height - 38)
}

/** Each reading outside the limits, and the others of a month in one line. */
function entriesOf(row: ReadingRow, words: YearWords): readonly LaneEntry[] {
  const { kind, points, outside } = row
  const within = points.filter(({ it }) => !outside.includes(it.id))
  const months = Map.groupBy(within, ({ day }) => monthWritten(day))
  return [
    ...points
      .filter(({ it }) => outside.includes(it.id))
      .map(({ day, it }) => ({ id: it.id, day, text: words.outside(it) })),
    ...[...months].map(([month, inMonth]) => ({
      ...{ id: `${kind}-${month}`, day: inMonth.at(-1)?.day ?? month },
      text: words.readingsOf(
        kind,
        inMonth.map(({ it }) => it),
      ),
    })),
  ]
}
