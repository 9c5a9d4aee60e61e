import type { PlanEvent } from '#domain/plan/plan.ts'
import type { SuggestedChange } from './suggested-change.ts'

/** A suggestion and its decision among what is new to a reader. */
export function changeEvents(change: SuggestedChange): readonly PlanEvent[] {
  const { id, room, record, decision } = change
  const about = { room, targets: [record] }
  const { by, at, words } = change
  const suggested: PlanEvent = { ...about, id, kind: 'suggest', by, at, words }
  if (!decision || change.state === 'withdrawn') return [suggested]
  return [
    suggested,
    {
      ...{ ...about, id: `${id}-decided`, kind: 'decide', by: decision.by, at: decision.at },
      ...{ words: change.taken ?? words, answer: answerOf(change) },
    },
  ]
}

function answerOf({ state, taken, words }: SuggestedChange) {
  if (state !== 'taken') return 'not-taken'
  return taken === undefined || taken === words ? 'taken' : 'taken-changed'
}
