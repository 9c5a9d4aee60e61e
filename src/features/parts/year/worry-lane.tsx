import type { Voice } from '#domain/plan/plan.ts'
import { mostWorry } from '#domain/worry/worry.ts'
import type { YearPicture } from '#domain/year/year-picture.ts'
import type { YearWords } from './use-year-words.ts'
import type { YearFrame, YearLane } from './year-lane.ts'

const height = 74

/** How worried the team, the carers and the person said they were: each has a shape, and the number beside it. */
export function worryLane(
  { worries }: YearPicture,
  { x, left, right, font }: YearFrame,
  words: YearWords,
): YearLane {
  const y = (score: number) => height - 8 - (score / mostWorry) * (height - 28)
  const spots = worries.map(({ day, it }) => ({ x: x(day), y: y(it.score) }))
  return {
    ...{ key: 'worry', title: words.lanes.worry, note: words.worryNote, height: height + 10 },
    draw: (top) => (
      <>
        <line className="year__thin" x1={left} x2={right} y1={top + y(0)} y2={top + y(0)} />
        <line className="year__thin" x1={left} x2={right} y1={top + y(10)} y2={top + y(10)} />
        {worries.map(({ day, it }, at) => (
          <g key={it.id}>
            <WorryShape voice={it.by.voice} x={x(day)} y={top + y(it.score)} />
            <ScoreText
              score={it.score}
              isHidden={spots.slice(0, at).some((spot) => isTooNear(spot, spots[at], font))}
              {...{ x: x(day), y: top + y(it.score) + font * 0.35 }}
              isLast={x(day) > right - 40}
            />
          </g>
        ))}
      </>
    ),
    entries: worries.map(({ day, it }) => ({
      ...{ id: it.id, day, text: words.worry(it) },
      ...(it.words ? { detail: it.words } : {}),
    })),
  }
}

type Spot = Readonly<{ x: number; y: number }>

/** Their numbers would touch: the list has both. */
const isTooNear = (one: Spot, other: Spot | undefined, font: number) =>
  other !== undefined &&
  Math.abs(one.x - other.x) < font * 2.2 &&
  Math.abs(one.y - other.y) < font * 1.1

type ScoreProps = Readonly<{
  score: number
  x: number
  y: number
  isHidden: boolean
  isLast: boolean
}>

function ScoreText({ score, x, y, isHidden, isLast }: ScoreProps) {
  if (isHidden) return null
  return (
    <text x={isLast ? x - 10 : x + 10} y={y} textAnchor={isLast ? 'end' : 'start'}>
      {score}
    </text>
  )
}

type ShapeProps = Readonly<{ voice: Voice; x: number; y: number }>

function WorryShape({ voice, x, y }: ShapeProps) {
  if (voice === 'professional') return <circle className="year__dot" cx={x} cy={y} r="5" />
  if (voice === 'carer')
    return <rect className="year__closed" x={x - 5} y={y - 5} width="10" height="10" />
  return <path className="year__person" d={`M${x} ${y - 7}l7 7l-7 7l-7-7z`} />
}
