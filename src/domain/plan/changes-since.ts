import { type HouseRoom, howItGoesKinds, type PlanEvent } from './plan.ts'

/** When this reader last opened each room (instants); a room never opened is absent. */
export type LastViewed = Readonly<Partial<Record<HouseRoom, string>>>

/** These events change no record of the plan: each is listed by itself. */
const sayings: readonly string[] = [
  ...['agree', 'agree-in-part', 'disagree', 'comment', 'answer-promise', 'change-access'],
  'change-home',
  ...['suggest', 'decide', 'offer-help', 'answer-offer'],
]

/**
 * What others did since this reader last opened the plan, newest first. The reader's own actions are not news. What
 * somebody did to a record is listed once, however often they saved it.
 */
export function changesFor(
  events: readonly PlanEvent[],
  reader: { references: readonly string[]; lastViewed: LastViewed },
): readonly PlanEvent[] {
  const news = events
    .filter((event) => !reader.references.includes(event.by.reference))
    .filter((event) => event.at > (reader.lastViewed[event.room] ?? ''))
    .toSorted((one, other) => other.at.localeCompare(one.at))
  const listed = new Set<string>()
  return news.filter((event) => {
    const fresh = thingsDone(event).filter((each) => !listed.has(each))
    for (const each of fresh) listed.add(each)
    return fresh.length > 0
  })
}

function thingsDone({ id, kind, by, targets }: PlanEvent): readonly string[] {
  if (sayings.includes(kind) || targets.length === 0) return [id]
  return targets.map((each) => JSON.stringify([recordOf(each), by.reference, kind]))
}

/** `Goal/1/_history/2` → `Goal/1`. */
const recordOf = (target: string) => target.split('/').slice(0, 2).join('/')

export function changesIn(news: readonly PlanEvent[], room: HouseRoom): readonly PlanEvent[] {
  return news.filter((event) => event.room === room)
}

/** An agreement to one version of a plan. */
type Yes = Readonly<{ planId: string; version: string; at: string }>

/** Changes of what the plan says (answers and comments change no content) after this agreement. */
export function contentChangesSince(events: readonly PlanEvent[], yes: Yes): readonly PlanEvent[] {
  return events
    .filter((event) => isOfContent(event, yes) && isAfter(event, yes))
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

/** That a step is done, for example, changes the words of no plan; a version of the plan that it made tells otherwise. */
function isOfContent(event: PlanEvent, yes: Yes): boolean {
  if (sayings.includes(event.kind)) return false
  const isHowItGoes = howItGoesKinds.some((kind) => kind === event.kind)
  return !isHowItGoes || versionMade(event, yes) !== undefined
}

/** By the version of the plan that a change made; the writers' clocks do not count if there is one. */
function isAfter(event: PlanEvent, yes: Yes): boolean {
  const made = versionMade(event, yes)
  return made ? Number(made) > Number(yes.version) : event.at > yes.at
}

function versionMade({ targets }: PlanEvent, { planId }: Pick<Yes, 'planId'>): string | undefined {
  const root = `CarePlan/${planId}/_history/`
  return targets.find((each) => each.startsWith(root))?.slice(root.length)
}

/** Whether it changed what this plan says: a step that is done, for example, makes no new version. */
export const madeNewVersion = (event: PlanEvent, plan: Pick<Yes, 'planId'>): boolean =>
  versionMade(event, plan) !== undefined

/**
 * One record that has changed since that instant: the first version made since, and who wrote last. `isPersons`: the
 * person made every one of these changes.
 */
export type ChangedRecord = Readonly<{
  record: string
  firstTarget: string
  by: PlanEvent['by']
  isPersons: boolean
}>

/** The records whose text a person has not yet agreed to, each once, in the order they were first changed. */
export function changedRecordsSince(
  events: readonly PlanEvent[],
  yes: Yes,
): readonly ChangedRecord[] {
  const changed = new Map<string, ChangedRecord>()
  for (const { targets, by } of contentChangesSince(events, yes)) {
    const others = targets.filter((target) => !target.startsWith('CarePlan/plan-'))
    for (const target of others.length > 0 ? others : targets) {
      const record = recordOf(target)
      const known = changed.get(record)
      const isPersons = by.voice === 'person' && (known?.isPersons ?? true)
      changed.set(record, { record, firstTarget: known?.firstTarget ?? target, by, isPersons })
    }
  }
  return [...changed.values()]
}
