import type { SentencePlace } from './sentence.ts'
import type { SuggestedChange } from './suggested-change.ts'

/** How a suggestion stood at the later of two moments; `changed`: its owner took it in other words. */
export type SuggestionState = 'waiting' | 'taken' | 'changed' | 'declined' | 'withdrawn'

/** A suggestion that was open between two states of a plan, or decided there. */
export type SuggestionBetween = Readonly<{
  change: SuggestedChange
  state: SuggestionState
  /** the sentence that it speaks about, as a comparison names it: `Goal/1#why` */
  sentence: string
}>

/** Instants; without `to`: until now. */
type Between = Readonly<{ from: string; to?: string | undefined }>

/** What was suggested and not yet decided at the earlier moment, or came after it, up to the later one; oldest first. */
export function suggestionsBetween(
  changes: readonly SuggestedChange[],
  { from, to }: Between,
): readonly SuggestionBetween[] {
  const [start, end] = [Date.parse(from), to === undefined ? Infinity : Date.parse(to)]
  return changes
    .filter(({ at, decision }) => {
      const wasDecided = decision !== undefined && Date.parse(decision.at) <= start
      return !wasDecided && Date.parse(at) <= end
    })
    .map((change) => ({
      ...{ change, sentence: sentenceKeyOf(change.record, change.place) },
      state: stateAt(change, end),
    }))
    .toSorted((one, other) => Date.parse(one.change.at) - Date.parse(other.change.at))
}

function stateAt({ state, decision, taken, words }: SuggestedChange, end: number): SuggestionState {
  if (decision && Date.parse(decision.at) > end) return 'waiting'
  return state === 'taken' && taken !== words ? 'changed' : state
}

/** The key of a sentence in `planSentences`: a line of the plan for bad days is one sentence, whatever its parts. */
function sentenceKeyOf(record: string, place: SentencePlace): string {
  if (record.startsWith('CarePlan/')) return `${record}#${place.split('.')[0]}`
  return place === 'why' ? `${record}#why` : record
}
