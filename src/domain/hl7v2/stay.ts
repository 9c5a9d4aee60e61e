import type { Adt, AdtEvent } from './adt.ts'

export type StayPlace = Readonly<{ name: string; from?: string; until?: string }>

/** A hospital visit according to all its messages together. */
export type HospitalStay = Readonly<{
  status: 'in-progress' | 'finished' | 'cancelled'
  class: string
  start?: string
  end?: string
  /** null: a message withdrew what was said */
  reason: string | null
  /** in order of time; the last is where the person is, or was last */
  places: readonly StayPlace[]
}>

/** Messages entered in the same second are read in the order in which they can have happened. */
const order: readonly AdtEvent[] = ['A04', 'A01', 'A02', 'A08', 'A03', 'A13', 'A11']

/**
 * The stay from all messages of one visit, in whatever order they came: they are read by the time at which they were
 * entered, so that a late admission or an old update changes nothing that was reported after it. `onRecord` is what
 * the record says: it counts while no message reports how the stay began, as after a move that left the older messages
 * behind.
 */
export function stayOf(
  messages: readonly Adt[],
  onRecord?: HospitalStay,
): HospitalStay | undefined {
  const inOrder = messages.toSorted(earlierFirst)
  const [first] = inOrder
  if (!first) return undefined
  const isWhole = inOrder.some(({ event }) => event === 'A01' || event === 'A04')
  const before = onRecord && !isWhole ? asOf(onRecord, Date.parse(first.happened)) : undefined
  return inOrder.reduce<HospitalStay | undefined>(withMessage, before)
}

/** Without what came at that moment or later: the messages say it again. */
function asOf(stay: HospitalStay, moment: number): HospitalStay {
  const isEarlier = (at: string | undefined) => !at || Date.parse(at) < moment
  const { end, ...begun } = stay
  const isOver = end !== undefined && isEarlier(end)
  const places = stay.places
    .filter(({ from }) => isEarlier(from))
    .map(({ until, ...place }) => (until && isEarlier(until) ? { ...place, until } : place))
  const status = stay.status === 'finished' && !isOver ? 'in-progress' : stay.status
  return { ...begun, status, places, ...(isOver ? { end } : {}) }
}

function earlierFirst(one: Adt, other: Adt): number {
  return (
    Date.parse(one.at) - Date.parse(other.at) ||
    order.indexOf(one.event) - order.indexOf(other.event) ||
    (one.heading.id < other.heading.id ? -1 : 1)
  )
}

function withMessage(before: HospitalStay | undefined, adt: Adt): HospitalStay {
  const stay = withFacts(
    before ?? { status: 'in-progress', class: '', reason: '', places: [] },
    adt,
  )
  switch (adt.event) {
    case 'A01':
    case 'A04':
      return { ...begun(stay, adt), status: 'in-progress' }
    case 'A02':
      return { ...stay, places: movedTo(stay.places, adt) }
    case 'A03':
      return ended(stay, adt)
    case 'A08':
      return { ...withoutEnd(stay, adt), places: corrected(stay.places, adt) }
    case 'A11':
      return { ...stay, status: 'cancelled' }
    case 'A13':
      return reopened(stay, adt)
  }
}

/** What every message carries: the newest value counts. */
function withFacts(
  { start: before, ...stay }: HospitalStay,
  { class: code, start = before, reason }: Adt,
): HospitalStay {
  return {
    ...stay,
    class: code,
    reason: reason === null ? null : reason || stay.reason,
    ...(start ? { start } : {}),
  }
}

function begun(stay: HospitalStay, adt: Adt): HospitalStay {
  const start = adt.start ?? stay.start ?? adt.happened
  const places = stay.places.length > 0 ? corrected(stay.places, adt) : placed(adt, start)
  return { ...stay, start, places }
}

const placed = ({ location }: Adt, from: string | undefined): readonly StayPlace[] =>
  location ? [{ name: location, ...(from ? { from } : {}) }] : []

function movedTo(places: readonly StayPlace[], adt: Adt): readonly StayPlace[] {
  if (adt.location === '' || places.at(-1)?.name === adt.location) return places
  return [...leftAt(places, adt.happened), ...placed(adt, adt.happened)]
}

function leftAt(places: readonly StayPlace[], until: string): readonly StayPlace[] {
  const last = places.at(-1)
  return last ? [...places.slice(0, -1), { ...last, until }] : places
}

function withoutEnd({ end, ...stay }: HospitalStay, adt: Adt): HospitalStay {
  return adt.end === null || end === undefined ? stay : { ...stay, end }
}

/** An update names the place where the person is without having moved them. */
function corrected(places: readonly StayPlace[], adt: Adt): readonly StayPlace[] {
  const last = places.at(-1)
  if (adt.location === null) return places.slice(0, -1)
  if (!adt.location || !last)
    return places.length > 0 ? places : placed(adt, adt.start ?? undefined)
  return [...places.slice(0, -1), { ...last, name: adt.location }]
}

function ended(stay: HospitalStay, adt: Adt): HospitalStay {
  const end = adt.end ?? adt.happened
  const places = stay.places.length > 0 ? stay.places : placed(adt, stay.start)
  return { ...stay, status: 'finished', end, places: leftAt(places, end) }
}

function reopened({ end: _end, ...stay }: HospitalStay, adt: Adt): HospitalStay {
  const places = corrected(stay.places, adt)
  const last = places.at(-1)
  if (!last) return { ...stay, status: 'in-progress', places }
  const { until: _until, ...here } = last
  return { ...stay, status: 'in-progress', places: [...places.slice(0, -1), here] }
}
