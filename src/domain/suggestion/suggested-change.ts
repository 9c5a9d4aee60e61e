import { mergeWords } from '#domain/merge/word-merge.ts'
import type { HouseRoom, Who } from '#domain/plan/plan.ts'
import type { SentencePlace } from './sentence.ts'

export type ChangeState = 'waiting' | 'taken' | 'declined' | 'withdrawn'

/** How a decision was made: by the owner or a colleague, said to a professional who recorded it, or ticked on paper. */
export type DecidedWay = 'self' | 'said' | 'paper'
export const decidedWays: readonly DecidedWay[] = ['self', 'said', 'paper']

/** Who decided about a suggestion, as the server stored it. */
export type ChangeDecision = Readonly<{
  by: Who
  at: string
  way: DecidedWay
  /** the professional who wrote it down for the person or the carer */
  recordedBy?: Who
}>

/** Other words that somebody suggests for a sentence. The sentence stays as it is until its owner decides. */
export type SuggestedChange = Readonly<{
  id: string
  version?: string
  person: string
  /** the record of the sentence, for example `Goal/1` */
  record: string
  place: SentencePlace
  room: HouseRoom
  by: Who
  at: string
  why: string
  /** the version of the record that the author had read, and what the sentence said there */
  baseVersion: string
  baseWords: string
  words: string
  /** whose words the sentence held when it was suggested */
  owner?: Who
  /** for a professional’s words, where its author works: colleagues there decide too */
  organisation?: Readonly<{ id: string; name: string }>
  state: ChangeState
  /** what was taken over, if it was: as suggested, or changed */
  taken?: string
  /** why it was declined */
  reason?: string
  decision?: ChangeDecision
}>

/** A suggestion and what its sentence says now. */
export type BesideSentence = Readonly<{
  change: SuggestedChange
  now: string
  /** the sentence was changed since it was read: both texts are shown, and nothing merges by itself */
  isMovedOn: boolean
  /** both changes in one text, if they lie apart: an offer to start from, never taken unseen */
  ofBoth?: string
}>

export function besideSentence(change: SuggestedChange, now: string): BesideSentence {
  const isMovedOn = now !== change.baseWords
  const ofBoth = isMovedOn ? mergeWords(change.baseWords, change.words, now) : undefined
  return { change, now, isMovedOn, ...(ofBoth === undefined ? {} : { ofBoth }) }
}

/** What was suggested for one sentence, whatever was decided. */
export const changesBeside = (
  changes: readonly SuggestedChange[],
  record: string,
  place: SentencePlace,
): readonly SuggestedChange[] =>
  changes.filter((each) => each.record === record && each.place === place)
