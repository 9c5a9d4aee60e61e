import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import {
  type HouseRoom,
  howItGoesKinds,
  type PlanEvent,
  type PlanRecord,
} from '#domain/plan/plan.ts'
import type { HouseRecord } from './house.ts'

/** What an event says or is about: a comment, the words of a goal, a need or a step, or a section of About me. */
export type EventSubject = Readonly<{
  words?: string
  /** the record was written again since: these are its words of today, which may not be those of the event */
  isOfToday?: boolean
  /** it made a later version of a record that was there before */
  isChange?: boolean
  section?: AboutMeSectionName
  /** the need is a strength */
  isStrength?: boolean
  isWish?: boolean
}>

/** Named from the records as they are now; empty if the reader may not see the record, or it is the plan itself. */
export function eventSubject(house: HouseRecord, event: PlanEvent): EventSubject {
  const words = wordsOfItsOwn(house, event)
  if (words !== undefined) return { words }
  const offer = house.offers.find(isAbout(event, 'ServiceRequest'))
  // an offer is never reworded
  if (offer) return { words: offer.what }
  return ofPart(house, event) ?? ofSection(house, event)
}

const isAbout =
  ({ targets }: PlanEvent, type: string) =>
  ({ id }: { id: string }) =>
    targets.some((target) => target.split('/').slice(0, 2).join('/') === `${type}/${id}`)

/** A step, a goal or a need. */
function ofPart(house: HouseRecord, event: PlanEvent): EventSubject | undefined {
  const step = house.actions.find(isAbout(event, 'Task'))
  if (step) return { words: step.what, ...sinceThen(house, event, `Task/${step.id}`, step) }
  const goal = house.goals.find(isAbout(event, 'Goal'))
  if (goal) return { words: goal.words, ...sinceThen(house, event, `Goal/${goal.id}`, goal) }
  const need = house.needs.find(isAbout(event, 'Condition'))
  if (!need) return undefined
  const { words, kind } = need
  const isStrength = kind === 'strength'
  return { words, isStrength, ...sinceThen(house, event, `Condition/${need.id}`, need) }
}

function ofSection(house: HouseRecord, event: PlanEvent): EventSubject {
  const isOf = isAbout(event, 'Observation')
  if (house.wishes.some(isOf)) return { isWish: true, ...changing(event, 'Observation/') }
  const section = house.aboutMe.find(isOf)?.section
  return section ? { section } : changing(event, 'CarePlan/whatif-')
}

const versionIn = (target: string | undefined) => Number(target?.split('/')[3]) || 0

function changing({ targets }: PlanEvent, of: string): Pick<EventSubject, 'isChange'> {
  const isChange = versionIn(targets.find((each) => each.startsWith(of))) > 1
  return isChange ? { isChange } : {}
}

/** Whether the words of today are those of the event: true if nothing but ticks came after it. */
function sinceThen(
  house: HouseRecord,
  event: PlanEvent,
  record: string,
  { version, written }: PlanRecord,
): Pick<EventSubject, 'isOfToday' | 'isChange'> {
  const made = versionIn(event.targets.find((each) => each.startsWith(`${record}/_history/`)))
  const isOfToday = made
    ? !stoodSince(house, record, made, Number(version))
    : Boolean(written && written.at > event.at && !isLastAnswer(house, event))
  return { ...(isOfToday ? { isOfToday } : {}), ...(made > 1 ? { isChange: true } : {}) }
}

const isLastAnswer = ({ actions }: HouseRecord, { id }: PlanEvent) =>
  actions.some(({ answer }) => answer?.id === id)

/** What waits on a device to be sent has no version yet, or the one that it will have. */
function stoodSince(house: HouseRecord, record: string, made: number, now: number): boolean {
  const ticks = house.events
    .filter(({ kind }) => howItGoesKinds.some((each) => each === kind))
    .flatMap(({ targets }) => targets)
  const later = Array.from({ length: Math.max(0, (now || made) - made) }, (_, at) => made + 1 + at)
  return later.every((each) => ticks.includes(`${record}/_history/${each}`))
}

/** Of a comment, a suggestion or what was decided about it: the words beside which it stands are somebody else’s. */
function wordsOfItsOwn(house: HouseRecord, event: PlanEvent): string | undefined {
  if (event.kind === 'suggest' || event.kind === 'decide') return event.words
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
