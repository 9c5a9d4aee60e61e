import { useLingui } from '@lingui/react/macro'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import { changesIn } from '#domain/plan/changes-since.ts'
import { eventSubject, inShort } from '#domain/plan/house/event-subject.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { HouseRoom, PlanEvent } from '#domain/plan/plan.ts'

type Names = Readonly<{
  house: HouseRecord
  news: readonly PlanEvent[]
  sectionName: (section: AboutMeSectionName) => string
}>

const mostLetters = 48

/** What is new to the reader in a room, each once and by its name; what has no words of its own by who did it. */
export function useNewsNames({ house, news, sectionName }: Names) {
  const { t } = useLingui()
  const nameOf = (event: PlanEvent) => {
    const { section, words } = eventSubject(house, event)
    if (section) return sectionName(section)
    return words ? inShort(words, mostLetters) : t`something from ${event.by.name}`
  }
  return (room: HouseRoom): readonly string[] => [...new Set(changesIn(news, room).map(nameOf))]
}
