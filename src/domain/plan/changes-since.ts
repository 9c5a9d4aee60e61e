import type { HouseRoom, PlanEvent } from './plan.ts'

/** When this reader last opened each room (instants); a room never opened is absent. */
export type LastViewed = Readonly<Partial<Record<HouseRoom, string>>>

/** What others did since this reader last opened the plan, newest first. The reader's own actions are not news. */
export function changesFor(
  events: readonly PlanEvent[],
  reader: { references: readonly string[]; looks: LastViewed },
): readonly PlanEvent[] {
  return events
    .filter((event) => !reader.references.includes(event.by.reference))
    .filter((event) => event.at > (reader.looks[event.room] ?? ''))
    .toSorted((one, other) => other.at.localeCompare(one.at))
}

export function changesIn(news: readonly PlanEvent[], room: HouseRoom): number {
  return news.filter((event) => event.room === room).length
}

/** An agreement to one version of a plan. */
type Yes = Readonly<{ planId: string; version: string; at: string }>

/** Changes of what the plan says (answers and comments change no content) after this agreement. */
export function contentChangesSince(events: readonly PlanEvent[], yes: Yes): readonly PlanEvent[] {
  const without = ['agree', 'disagree', 'comment', 'answer-promise', 'change-access']
  return events
    .filter((event) => !without.includes(event.kind) && isAfter(event, yes))
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

/** By the version of the plan that a change made; the writers' clocks do not count if there is one. */
function isAfter({ targets, at }: PlanEvent, yes: Yes): boolean {
  const root = `CarePlan/${yes.planId}/_history/`
  const made = targets.find((each) => each.startsWith(root))?.slice(root.length)
  return made ? Number(made) > Number(yes.version) : at > yes.at
}

/** One record that has changed since that instant: the first version made since, and who wrote last. */
export type ChangedRecord = Readonly<{ record: string; firstTarget: string; by: PlanEvent['by'] }>

/** The records whose text a person has not yet agreed to, each once, in the order they were first changed. */
export function changedRecordsSince(
  events: readonly PlanEvent[],
  yes: Yes,
): readonly ChangedRecord[] {
  const changed = new Map<string, ChangedRecord>()
  for (const { targets, by } of contentChangesSince(events, yes)) {
    const others = targets.filter((target) => !target.startsWith('CarePlan/plan-'))
    for (const target of others.length > 0 ? others : targets) {
      const record = target.split('/').slice(0, 2).join('/')
      changed.set(record, { record, firstTarget: changed.get(record)?.firstTarget ?? target, by })
    }
  }
  return [...changed.values()]
}
