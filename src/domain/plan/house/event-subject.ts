import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import type { HouseRoom, PlanEvent } from '#domain/plan/plan.ts'
import type { HouseRecord } from './house.ts'

/** What an event says or is about: a comment, the words of a goal, a need or a step, or a section of About me. */
export type EventSubject = Readonly<{
  words?: string
  section?: AboutMeSectionName
  /** of an answer to a promise that still stands */
  happened?: boolean
  /** the need is a strength */
  isStrength?: boolean
}>

/** Named from the records as they are now; empty if the reader may not see the record, or it is the plan itself. */
export function eventSubject(house: HouseRecord, event: PlanEvent): EventSubject {
  const words = wordsOfItsOwn(house, event)
  if (words !== undefined) return { words }
  const ids = event.targets.map((target) => target.split('/').slice(0, 2).join('/'))
  const isIn = (type: string) => (record: { id: string }) => ids.includes(`${type}/${record.id}`)
  const step = house.actions.find(isIn('Task'))
  if (step)
    return {
      words: step.what,
      ...(step.answer?.id === event.id ? { happened: step.answer.happened } : {}),
    }
  const offer = house.offers.find(isIn('ServiceRequest'))
  if (offer) return { words: offer.what }
  const goal = house.goals.find(isIn('Goal'))
  if (goal) return { words: goal.words }
  const need = house.needs.find(isIn('Condition'))
  if (need) return { words: need.words, isStrength: need.kind === 'strength' }
  const section = house.aboutMe.find(isIn('Observation'))?.section
  return section ? { section } : {}
}

/** Of a comment or a suggestion: the words beside which it stands are somebody else’s. */
function wordsOfItsOwn(house: HouseRecord, event: PlanEvent): string | undefined {
  if (event.kind === 'suggest') return event.words
  if (event.kind !== 'comment') return undefined
  return house.comments.find(({ id }) => id === event.id)?.text ?? ''
}

/** The last thing anybody did in a room. */
export function lastEventIn(events: readonly PlanEvent[], room: HouseRoom): PlanEvent | undefined {
  return events
    .filter((event) => event.room === room)
    .reduce<PlanEvent | undefined>(
      (last, event) => (last && last.at >= event.at ? last : event),
      undefined,
    )
}

/** At most so many characters, cut between words. */
export function inShort(words: string, most: number): string {
  const plain = words.replaceAll(/\s+/g, ' ').trim()
  if (plain.length <= most) return plain
  const cut = plain.slice(0, most)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/, '')}…`
}
