import type { YearPicture } from '#domain/year/year-picture.ts'
import type { YearWords } from './use-year-words.ts'
import { shortText, textWidth, type YearFrame, type YearLane } from './year-lane.ts'

const barHeight = 26
const mostBars = 8

/** Help as bars from its first day on; dashed is what was asked for and is not known to be given. */
export function helpLane(
  { help }: YearPicture,
  { x, left, font }: YearFrame,
  words: YearWords,
): YearLane {
  const drawn = help.slice(0, mostBars)
  return {
    ...{ key: 'help', title: words.lanes.help },
    height: drawn.length * barHeight + 14,
    draw: (top) =>
      drawn.map((bar, at) => {
        const y = top + 8 + at * barHeight
        const text = shortText(words.help(bar))
        const from = x(bar.from)
        const width = Math.max(6, x(bar.until) - from)
        const isInside =
          width > textWidth(text, font) + 14 || from - left < textWidth(text, font) + 10
        return (
          <g key={bar.id}>
            <rect
              className={bar.event.act === 'asked-for' ? 'year__missing' : 'year__help'}
              x={from}
              y={y}
              width={width}
              height={barHeight - 6}
              rx="3"
            />
            <text
              x={isInside ? from + 6 : from - 6}
              y={y + barHeight / 2 + 2}
              textAnchor={isInside ? 'start' : 'end'}
            >
              {text}
            </text>
          </g>
        )
      }),
    entries: help.flatMap((bar) => [
      { id: bar.id, day: bar.from, text: words.help(bar) },
      ...(bar.ended && bar.ended === bar.until
        ? [{ id: `${bar.id}-end`, day: bar.until, text: words.helpEnded(bar) }]
        : []),
    ]),
  }
}
