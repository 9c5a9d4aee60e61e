import { Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import type { YearPicture } from '#domain/year/year-picture.ts'
import { monthsIn } from '#domain/year/year-span.ts'
import { useYearWords } from './use-year-words.ts'
import { YearInWords } from './year-in-words.tsx'
import { textWidth, type YearLane, yearFrame } from './year-lane.ts'
import { yearLanes } from './year-lanes.tsx'

type YearDrawingProps = Readonly<{
  picture: YearPicture
  /** the finding, in a sentence */
  label: string
  /** whose year; absent: the reader’s own */
  ofName: string | undefined
  /** for the person and their carers */
  isCalm: boolean
}>

const axisHeight = 30
const laneGap = 10

/**
 * A span of days as one picture: a lane for each kind of thing, hospital stays shaded through all of them, and the same
 * in words below, by month. Time runs from left to right in every language.
 */
export function YearDrawing({ picture, label, ofName, isCalm }: YearDrawingProps) {
  const { t } = useLingui()
  const words = useYearWords(ofName, isCalm)
  const frame = yearFrame(picture.span, ofName ? 14 : 16)
  const lanes = yearLanes(picture, frame, words)
  const tops = lanes.map((_, at) =>
    lanes.slice(0, at).reduce((sum, lane) => sum + lane.height + laneGap, axisHeight),
  )
  const text = { fontSize: frame.font }
  const bottom = lanes.reduce((sum, lane) => sum + lane.height + laneGap, axisHeight)
  const height = bottom + 24
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section className="year__scroll" aria-label={t`The picture`} tabIndex={0} ref={showEnd}>
        <div
          className="year__picture"
          dir="ltr"
          role="img"
          aria-label={label}
          style={paperWidth(frame.width / height)}
        >
          <svg
            aria-hidden="true"
            className="year__names"
            viewBox={`0 0 ${frame.left} ${height}`}
            style={{ ...text, flexGrow: frame.left }}
          >
            {lanes.map((lane, at) => (
              <LaneName key={lane.key} lane={lane} top={tops[at] ?? 0} frame={frame} />
            ))}
          </svg>
          <svg
            aria-hidden="true"
            viewBox={`${frame.left} 0 ${frame.width - frame.left} ${height}`}
            style={{ ...text, flexGrow: frame.width - frame.left }}
          >
            <Behind {...{ picture, frame, bottom }} />
            {lanes.map((lane, at) => (
              <Lane key={lane.key} lane={lane} top={tops[at] ?? 0} frame={frame} />
            ))}
            <TodayLine {...{ picture, frame, bottom }} />
          </svg>
        </div>
      </section>
      <p className="gable-meta">
        <Trans>
          Shaded from top to bottom: in hospital. Dashed: no visit or call is recorded, or help that
          was asked for.
        </Trans>
      </p>
      <YearInWords lanes={lanes} withoutDay={picture.withoutDay} words={words} />
    </>
  )
}

/** Where the picture is wider than the screen, the last weeks are seen first. */
function showEnd(box: HTMLElement | null): void {
  if (box) box.scrollLeft = box.scrollWidth
}

const paperHeight = 118

/** So wide that the picture, with what stands above it, is on one page: as high as it may be, times its shape. */
const paperWidth = (shape: number) =>
  ({ '--year-paper': `${Math.round(paperHeight * shape)}mm` }) as CSSProperties

type BehindProps = Readonly<{
  picture: YearPicture
  frame: ReturnType<typeof yearFrame>
  bottom: number
}>

/** The months, with the year where it begins, and the stays in hospital. */
function Behind({ picture: { span, stays }, frame, bottom }: BehindProps) {
  const { i18n } = useLingui()
  const { x, left, right, font } = frame
  const months = monthsIn(span)
  const name = (day: string, month: 'short' | 'long') =>
    i18n.date(new Date(`${day}T12:00:00Z`), { month, timeZone: 'UTC' })
  const isRoomy = months.length <= 6
  return (
    <>
      {stays.map((stay) => {
        const from = Math.max(left, x(stay.from))
        return (
          <rect
            key={stay.id}
            className="year__shade"
            x={from}
            y={axisHeight}
            width={Math.max(3, Math.min(right, x(stay.until)) - from)}
            height={bottom - axisHeight}
          />
        )
      })}
      {months.map((day, at) => (
        <g key={day}>
          <line className="year__thin" x1={x(day)} x2={x(day)} y1={axisHeight - 6} y2={bottom} />
          <text className="year__strong" x={x(day) + 5} y={font + 2}>
            {name(day, isRoomy ? 'long' : 'short')}
            {at === 0 || day.slice(5, 7) === '01' ? (
              <tspan className="year__quiet"> {Number.parseInt(day, 10)}</tspan>
            ) : null}
          </text>
        </g>
      ))}
    </>
  )
}

type NameProps = Readonly<{ lane: YearLane; top: number; frame: BehindProps['frame'] }>

/** The name of a lane and what its shapes mean, broken into lines that fit beside the picture. */
function LaneName({
  lane: { key, title, note = '', names: rows },
  top,
  frame: { left, font },
}: NameProps) {
  const names = linesOf(title, left - 8, font)
  // the rows of who came have their names there
  const notes = key === 'contacts' ? [] : linesOf(note, left - 8, font * 0.88)
  return (
    <>
      <line className="year__thin" x1="0" x2={left} y1={top - laneGap / 2} y2={top - laneGap / 2} />
      {names.map((line, at) => (
        <text key={line} className="year__strong" x="0" y={top + font * (1 + at * 1.2)}>
          {line}
        </text>
      ))}
      {notes.map((line, at) => (
        <text
          key={line}
          className="year__quiet"
          x="0"
          y={top + font * (1 + names.length * 1.2 + at * 1.1)}
          fontSize={font * 0.88}
        >
          {line}
        </text>
      ))}
      {rows?.(top)}
    </>
  )
}

/** What is drawn of a lane; the shapes of who came are explained above them, because their names stand beside. */
function Lane({ lane: { key, note, draw }, top, frame: { left, width, font } }: NameProps) {
  const edge = top - laneGap / 2
  return (
    <>
      <line className="year__thin" x1={left} x2={width} y1={edge} y2={edge} />
      {key === 'contacts' && note ? (
        <text className="year__quiet" x={left} y={top + font} fontSize={font * 0.88}>
          {note}
        </text>
      ) : null}
      {draw(top)}
    </>
  )
}

function linesOf(text: string, width: number, font: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(`${last} ${word}`, font) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function TodayLine({ picture: { span, today, ends }, frame, bottom }: BehindProps) {
  const { t } = useLingui()
  if (today < span.from || today > span.until) return null
  const at = frame.x(today)
  const names = { today: t`today`, death: t`Died`, 'last-record': t`Last record` }
  return (
    <>
      <line className="year__today" x1={at} x2={at} y1={axisHeight} y2={bottom} />
      <text className="year__strong" x={at} y={bottom + frame.font + 2} textAnchor="end">
        {names[ends]}
      </text>
    </>
  )
}
