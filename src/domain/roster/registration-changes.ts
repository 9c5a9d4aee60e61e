import type { Registration } from './registrations-of.ts'

/** Why somebody is on the list of a practice, or left it. */
export type RosterWhy =
  | 'registered'
  | 'first-known'
  | 'on-list'
  | 'moved-practice'
  | 'moved-area'
  | 'moved-abroad'
  | 'died'
  | 'taken-off'
  | 'not-on-list'
  | 'other'

/** One thing that happened between a person and the list of a practice. */
export type RosterEvent = Readonly<{
  organisation: string
  kind: 'joined' | 'left'
  why: RosterWhy
  /** `YYYY-MM-DD` */
  onDay: string
  /** the reason as another system wrote it */
  words?: string
}>

/** What is known about a person and a practice already: the last thing that happened, and who said so. */
export type KnownRegistration = Readonly<{
  organisation: string
  kind: 'joined' | 'left'
  why: RosterWhy
  onDay: string
  /** since when they were on the list without a break, as far as it is known */
  since: string
  source: 'record' | 'list'
  /** every day on which they are known to have joined */
  joinedDays: readonly string[]
  /** the reason as another system wrote it */
  words?: string | null
}>

type Facts = Readonly<{
  registrations: readonly Registration[]
  /** the day of death; undefined: alive */
  died: string | undefined
  known: readonly KnownRegistration[]
  today: string
}>

/**
 * What a record says now that is not known yet. Nothing is said twice, and nothing that was known is changed: a record
 * that still names a practice brings nobody back whom a whole list of that practice left out, unless it names a later
 * day on which they joined.
 */
export function registrationChanges(facts: Facts): readonly RosterEvent[] {
  const { registrations, known } = facts
  const named = registrations.flatMap((each) => ofNamed(each, facts))
  const isNamed = (organisation: string) =>
    registrations.some((each) => each.organisation === organisation)
  const moved = named.some(({ kind }) => kind === 'joined') ? 'moved-practice' : 'taken-off'
  const gone = known.filter(({ kind, organisation }) => kind === 'joined' && !isNamed(organisation))
  return [...named, ...gone.map((each) => leaving(each.organisation, moved, facts))]
}

/**
 * The leavings that a record said, and does not say any more, or says differently: they were a mistake. A leaving that
 * follows from something else (a death, another practice, a whole list) is none of these, and one that is still ahead is
 * overtaken by them.
 */
export function correctedLeavings<K extends KnownRegistration>({
  registrations,
  known,
  died,
  today,
}: Omit<Facts, 'known'> & Readonly<{ known: readonly K[] }>): readonly K[] {
  return known.filter((before) => {
    if (before.kind !== 'left' || !wasSaid(before)) return false
    const said = registrations.filter(({ organisation }) => organisation === before.organisation)
    // they will leave on a later day, and died before it, or the practice is off the record already
    if (before.onDay > today && (said.length === 0 || (died ?? before.onDay) < before.onDay))
      return true
    return said.length > 0 && said.every((each) => !isSaidStill(each, before))
  })
}

const wasSaid = ({ source, why, words }: KnownRegistration) =>
  source === 'record' && (why === 'other' || Boolean(words))

/** Somebody who joined again later had left before. */
const isSaidStill = ({ joined, left, why }: Registration, before: KnownRegistration) =>
  (left === before.onDay && (why ?? '') === (before.words ?? '')) ||
  (joined !== undefined && joined > before.onDay)

function leaving(organisation: string, why: RosterWhy, { died, today }: Facts): RosterEvent {
  return died
    ? { organisation, kind: 'left', why: 'died', onDay: died }
    : { organisation, kind: 'left', why, onDay: today }
}

function ofNamed(said: Registration, facts: Facts): readonly RosterEvent[] {
  const before = facts.known.find((each) => each.organisation === said.organisation)
  const begun = beginning(said, before, facts)
  const isOn = begun !== undefined || before?.kind === 'joined'
  const ended = isOn ? ending(said, facts) : undefined
  return [...(begun ? [begun] : []), ...(ended ? [ended] : [])]
}

function beginning(
  { organisation, joined }: Registration,
  before: KnownRegistration | undefined,
  { died, today }: Facts,
): RosterEvent | undefined {
  const first: RosterEvent = { organisation, kind: 'joined', why: 'first-known', onDay: today }
  const event: RosterEvent = joined ? { ...first, why: 'registered', onDay: joined } : first
  if (!before) return died && !joined ? { ...event, onDay: died } : event
  if (isNews(event, before, joined !== undefined)) return event
  return !died && hasComeBack(before) ? first : undefined
}

/** An earlier day than was known, or a later one than that on which they left. */
function isNews(event: RosterEvent, before: KnownRegistration, isDated: boolean): boolean {
  if (before.joinedDays.includes(event.onDay)) return false
  if (before.kind === 'joined') return event.onDay < before.since
  return isDated && event.onDay > before.onDay
}

const hasComeBack = ({ source, why, words }: KnownRegistration) =>
  source === 'record' && !words && comesBack.includes(why)

/** The record said that they had left, and does not any more. */
const comesBack: readonly RosterWhy[] = ['taken-off', 'moved-practice']

function ending({ organisation, left, why }: Registration, facts: Facts): RosterEvent | undefined {
  if (facts.died) return leaving(organisation, 'died', facts)
  // a day that is ahead counts on that day: what is asked about an earlier one does not see it
  if (!left) return undefined
  return {
    ...{ organisation, kind: 'left', why: whyOf(why), onDay: left },
    ...(why ? { words: why } : {}),
  }
}

/**
 * The reason for leaving, from words or the codes of the NHS Data Dictionary (NHAIS REASON FOR REMOVAL: DEA death, EMB
 * and CGA abroad, SCT and NIT another country of the kingdom). Whatever is not known stays in its words.
 */
export function whyOf(words = ''): RosterWhy {
  const plain = words.trim().toLowerCase()
  return reasons.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other'
}

const reasons: readonly (readonly [RegExp, RosterWhy])[] = [
  [/^(dea|d)$|death|died|deceased/, 'died'],
  [/^(emb|cga|eme)$|abroad|embark|emigrat|overseas/, 'moved-abroad'],
  [/^(sct|nit)$|moved (away|out)|out of area|outside|new address|area/, 'moved-area'],
  [
    /(other|new|another|different|change of|internal).*(practice|gp|surgery)|transfer/,
    'moved-practice',
  ],
]
