/** An appointment for a calendar outside. Its title names nobody: the calendar may stand open on a shared screen. */
export type CalendarEntry = Readonly<{
  id: string
  /** counts up with every change of the record */
  sequence: number
  start: string
  /** absent: half an hour is assumed by nobody; the entry then has no end */
  end?: string
  /** “Visit”, “Call”, “Appointment”, in the reader’s language */
  title: string
  place: string
  isCancelled: boolean
  /** nobody has said yes to the time yet */
  isOpen: boolean
  /** when the record was changed last: instant */
  changedAt: string
}>

/**
 * A file in the format of RFC 5545 (iCalendar). Moments are in UTC, which every calendar shows by the clock of its own place; so
 * no table of a time zone can be out of date. Lines end with CR LF and are folded after 75 octets. The numbers that name a
 * person are in none of it: the UID is that of the appointment alone.
 */
export function iCalendar(entries: readonly CalendarEntry[]): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Gable//Appointments//EN', 'METHOD:PUBLISH'],
    ...['CALSCALE:GREGORIAN', ...entries.flatMap(eventOf), 'END:VCALENDAR'],
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function eventOf(entry: CalendarEntry): readonly string[] {
  const { id, sequence, start, end, title, place, changedAt } = entry
  return [
    ...['BEGIN:VEVENT', `UID:${id}@gable`, `SEQUENCE:${sequence}`, `DTSTAMP:${utc(changedAt)}`],
    `DTSTART:${utc(start)}`,
    ...(end ? [`DTEND:${utc(end)}`] : []),
    `SUMMARY:${escaped(title)}`,
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    ...[`STATUS:${statusOf(entry)}`, 'CLASS:PRIVATE', 'END:VEVENT'],
  ]
}

/** RFC 5545, 3.8.1.11 */
function statusOf({ isCancelled, isOpen }: CalendarEntry): string {
  if (isCancelled) return 'CANCELLED'
  return isOpen ? 'TENTATIVE' : 'CONFIRMED'
}

/** `20261224T100000Z` */
const utc = (instant: string) =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks. Other control characters have no place in a text. */
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')

const mostOctets = 75
const octets = (text: string) => new TextEncoder().encode(text).length

/** RFC 5545, 3.1: no line is longer than 75 octets; the next part begins with a space. No letter is cut in two. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    if (octets(part + letter) > mostOctets) {
      parts.push(part)
      part = ' '
    }
    part += letter
  }
  return [...parts, part].join('\r\n')
}
