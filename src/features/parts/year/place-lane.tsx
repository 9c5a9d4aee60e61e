import type { StayDrawn, YearPicture } from '#domain/year/year-picture.ts'
import type { YearWords } from './use-year-words.ts'
import { shortText, textWidth, type YearFrame, type YearLane } from './year-lane.ts'

/** At home or in hospital: a ground line, and a block for each stay. */
export function placeLane(
  { stays, nights, span, today }: YearPicture,
  { x, left, right, font }: YearFrame,
  words: YearWords,
): YearLane {
  const end = today < span.until ? Math.max(left, x(today)) : right
  const blocks = stays.map((stay) => {
    const from = stay.from < span.from ? left : x(stay.from)
    return { stay, from, width: Math.max(4, Math.min(end, x(stay.until)) - from) }
  })
  return {
    ...{ key: 'place', title: words.lanes.place, note: words.nights(nights) },
    height: 62,
    draw: (top) => (
      <>
        <line className="year__ground" x1={left} x2={end} y1={top + 40} y2={top + 40} />
        {(blocks[0]?.from ?? end) - left > textWidth(words.atHome, font) + 12 ? (
          <text x={left + 6} y={top + 32}>
            {words.atHome}
          </text>
        ) : null}
        {blocks.map((block, at) => (
          <StayBlock
            key={block.stay.id}
            {...{ block, top, font }}
            text={shortText(words.stay(block.stay))}
            before={blockEnd(blocks[at - 1], left)}
            next={blocks[at + 1]?.from ?? end}
          />
        ))}
      </>
    ),
    entries: stays.flatMap((stay) => [
      { id: stay.id, day: stay.from, text: words.toHospital(stay), detail: stay.place },
      ...(!stay.wentHome || stay.isDepartment || stay.until > span.until
        ? []
        : [{ id: `${stay.id}-home`, day: stay.until, text: words.home(stay) }]),
    ]),
  }
}

type Block = Readonly<{ stay: StayDrawn; from: number; width: number }>

const blockEnd = (block: Block | undefined, otherwise: number) =>
  block ? block.from + block.width : otherwise

type BlockProps = Readonly<{
  block: Block
  top: number
  font: number
  text: string
  /** where the block before it ends, and the next one begins */
  before: number
  next: number
}>

/** Its text stands after it, otherwise before it; where neither is free the list has it. */
function StayBlock({ block, top, font, text, before, next }: BlockProps) {
  const { stay, from, width } = block
  const needed = textWidth(text, font) + 14
  const isAfter = next - from - width > needed
  const hasRoom = isAfter || from - before > needed
  return (
    <g>
      <rect
        className={stay.isDepartment ? 'year__department' : 'year__stay'}
        x={from}
        y={top + 20}
        width={width}
        height="40"
      />
      {hasRoom ? (
        <text
          x={isAfter ? from + width + 6 : from - 6}
          y={top + 32}
          textAnchor={isAfter ? 'start' : 'end'}
        >
          {text}
        </text>
      ) : null}
    </g>
  )
}
