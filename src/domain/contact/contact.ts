import type { CallAnswer } from '#domain/discharge/call-questions.ts'
import type { Who } from '#domain/plan/plan.ts'

export type ContactWay = 'call' | 'visit'

/**
 * Staff contacted a person, or tried to: only a contact that was made ends a wait for one. The text is what was said,
 * or why nobody was reached. `at`: instant.
 */
export type Contact = Readonly<{
  id: string
  person: string
  way: ContactWay
  reached: boolean
  words: string
  by: Who
  at: string
  /** id of the hospital stay after which it was made */
  stay?: string
  /** what was asked after that stay, and answered */
  answers?: readonly CallAnswer[]
}>
