import type { Contact } from '#domain/contact/contact.ts'
import type { YearPicture } from '#domain/year/year-picture.ts'
import type { YearWords } from './use-year-words.ts'
import { shortText, textWidth, type YearFrame, type YearLane } from './year-lane.ts'

const mostRows = 6
const rowHeight = 23

/** Who came or called, a row for each of them, and the times in which nobody did. */
export function contactLane(
  { contacts, gaps }: YearPicture,
  { x, left, right, font }: YearFrame,
  words: YearWords,
): YearLane {
  const drawn = contacts.slice(0, mostRows)
  const rest = contacts.slice(mostRows).flatMap(({ made }) => made)
  const rows =
    rest.length > 0 ? [...drawn, { reference: 'rest', name: words.others, made: rest }] : drawn
  const first = font * 2.2
  const bottom = first + Math.max(1, rows.length) * rowHeight
  const labels = roomFor(
    gaps.map((gap) => ({ x: x(gap.from), text: words.gap(gap) })),
    font,
  )
  return {
    ...{ key: 'contacts', title: words.lanes.contacts, note: words.contactNote },
    height: bottom + font * 1.6,
    names: (top) =>
      rows.map(({ reference, name }, at) => (
        <text key={reference} x={left - 10} y={top + first + at * rowHeight + 5} textAnchor="end">
          {shortName(name, left, font)}
        </text>
      )),
    draw: (top) => (
      <>
        {gaps.map((gap, at) => (
          <g key={gap.from}>
            <rect
              className="year__gap"
              x={x(gap.from)}
              y={top + first - 14}
              width={Math.max(6, x(gap.until) - x(gap.from))}
              height={bottom - first + 8}
              rx="8"
            />
            {labels[at] ? (
              <text className="year__strong" x={x(gap.from)} y={top + bottom + font * 0.9}>
                {words.gap(gap)}
              </text>
            ) : null}
          </g>
        ))}
        {rows.map(({ reference, made }, at) => {
          const y = top + first + at * rowHeight
          return (
            <g key={reference}>
              <line className="year__thin" x1={left} x2={right} y1={y} y2={y} />
              {made.map(({ day, it }) => (
                <ContactMark key={it.id} contact={it} x={x(day)} y={y} />
              ))}
            </g>
          )
        })}
        {rows.length === 0 ? (
          <text x={left} y={top + first}>
            {words.noContact}
          </text>
        ) : null}
      </>
    ),
    entries: [
      ...contacts.flatMap(({ name, made }) =>
        made.map(({ day, it }) => ({
          ...{ id: it.id, day, text: words.contact(it), detail: it.by.name || name },
        })),
      ),
      ...gaps.map((gap) => ({
        ...{ id: `gap-${gap.from}`, day: gap.until, text: words.gapUntil(gap) },
      })),
    ],
  }
}

/** Which of the texts have room before the next begins: the list has all of them. */
function roomFor(
  texts: readonly Readonly<{ x: number; text: string }>[],
  font: number,
): readonly boolean[] {
  let end = 0
  return texts.map(({ x, text }) => {
    if (x < end) return false
    end = x + textWidth(text, font) + 12
    return true
  })
}

const shortName = (name: string, left: number, font: number) =>
  textWidth(name, font) > left - 14
    ? shortText(name).slice(0, Math.floor(left / font / 0.56) - 3)
    : name

type MarkProps = Readonly<{ contact: Contact; x: number; y: number }>

/** A visit is filled, a call is a ring, and a try that reached nobody is a cross. */
function ContactMark({ contact: { reached, way }, x, y }: MarkProps) {
  if (!reached) return <path className="year__missed" d={`M${x - 4} ${y - 4}l8 8m0-8l-8 8`} />
  return <circle className={way === 'visit' ? 'year__dot' : 'year__ring'} cx={x} cy={y} r="4.5" />
}
