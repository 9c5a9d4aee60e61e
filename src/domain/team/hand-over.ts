import type { Who, WrittenBy } from '#domain/plan/plan.ts'

export type HandOverState = 'asked' | 'accepted' | 'declined' | 'withdrawn'

/** A practice asks another to take a person on. `by` and `to` are the practices. */
export type HandOver = Readonly<{
  id: string
  person: string
  by: Who
  to: Who
  /** the first day on which the other practice may accept: `YYYY-MM-DD` */
  from: string
  why: string
  /** who asked for the practice, and when */
  asked?: WrittenBy
  state: HandOverState
  /** who accepted, declined or withdrew it, with the text given */
  answer?: WrittenBy & Readonly<{ words: string }>
}>
