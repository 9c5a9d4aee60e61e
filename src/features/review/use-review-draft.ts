import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { FactChange, ReviewDecision, ReviewTopic } from '#domain/review/held-review.ts'
import { daysBetweenReviews } from '#domain/review/review-reasons.ts'

export type DecisionDraft = Readonly<{ decision: ReviewDecision['decision']; words: string }>
export type FactDraft = Readonly<{ change: FactChange; words: string }>

/** A review that is being held: on the device from the first key. */
export type ReviewDraft = Readonly<{
  id: string
  words: string
  next: string
  decisions: Readonly<Record<string, DecisionDraft>>
  facts: Readonly<Partial<Record<ReviewTopic, FactDraft>>>
}>

export function useReviewDraft(plan: string) {
  const start: ReviewDraft = {
    ...{ id: '', words: '', next: addDays(clockToday(), daysBetweenReviews) },
    ...{ decisions: {}, facts: {} },
  }
  const [stored, set, , , settle] = useDraft(`review-${plan}`, start)
  // a draft of an earlier version of the app has fewer fields
  const typed = { ...start, ...stored }
  const change = (fields: Partial<ReviewDraft>) =>
    set({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  return { typed, change, settle, start }
}
