import { dayWritten } from '#domain/calendar/days.ts'
import { type NamedThing, type StoryEvent, type StoryKind, yearOf } from './event.ts'

export type StoryFilter = Readonly<{ kinds: readonly StoryKind[]; text: string }>

/** The events of the chosen kinds (none chosen: all) that contain every word of the text. */
export function filterStory(
  events: readonly StoryEvent[],
  { kinds, text }: StoryFilter,
): readonly StoryEvent[] {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return events.filter((event) => {
    if (kinds.length > 0 && !kinds.includes(event.kind)) return false
    const said = spoken(event).toLocaleLowerCase()
    return wanted.every((word) => said.includes(word))
  })
}

function spoken(event: StoryEvent): string {
  return [nameText(event.named), event.detail, dayWritten(event.at ?? '')].filter(Boolean).join(' ')
}

function nameText(name: NamedThing): string {
  if (name.as === 'words') return name.text
  return name.as === 'code' ? name.code : ''
}

/** All readings of one kind in one year: only the last is shown until someone asks for all. */
export type ReadingGroup = Readonly<{ named: NamedThing; events: readonly StoryEvent[] }>

export type StoryYear = Readonly<{
  /** undefined: the record gives no date */
  year: string | undefined
  events: readonly StoryEvent[]
  readings: readonly ReadingGroup[]
  readingCount: number
}>

/** The story by year, in the order of its events, readings folded by what was measured. */
export function foldByYear(events: readonly StoryEvent[]): readonly StoryYear[] {
  const years = Map.groupBy(events, yearOf)
  return [...years].map(([year, inYear]) => {
    const readings = inYear.filter((event) => event.kind === 'reading')
    const groups = Map.groupBy(readings, (event) => nameText(event.named))
    return {
      year,
      events: inYear.filter((event) => event.kind !== 'reading'),
      readings: [...groups.values()].map((group) => ({
        named: group[0]?.named ?? { as: 'none' },
        events: group,
      })),
      readingCount: readings.length,
    }
  })
}

/** The first years of the story with about `count` events: a year is never cut in two. */
export function firstYears(years: readonly StoryYear[], count: number): readonly StoryYear[] {
  let shown = 0
  return years.filter((year) => {
    const show = shown < count
    shown += year.events.length + 1
    return show
  })
}

/** How many events of each kind there are, for the filter. Kinds without any are left out. */
export function countKinds(events: readonly StoryEvent[]): ReadonlyMap<StoryKind, number> {
  const counts = new Map<StoryKind, number>()
  for (const event of events) counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1)
  return counts
}
