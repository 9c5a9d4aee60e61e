import { type Agreement, answerTo, isInPart } from '#domain/agreement/agreement.ts'
import type { Plan } from './plan.ts'

export type PlanStatus =
  | 'none'
  | 'draft'
  | 'awaiting-person'
  | 'agreed-in-part'
  | 'current'
  | 'review-due'

export type PlanFacts = Readonly<{
  plan: Plan | undefined
  agreements: readonly Agreement[]
  /** the person has died: nothing more is asked */
  died?: string | true | undefined
  /** `YYYY-MM-DD` */
  today: string
}>

/**
 * Which of six states the banner shows; table in docs/states.md. Only the last answer to this exact version that counts
 * for the person decides.
 */
export function planStatus({ plan, agreements, died, today }: PlanFacts): PlanStatus {
  if (!plan || plan.ended) return 'none'
  if (died) return 'current'
  if (plan.goals.length === 0) return 'draft'
  const answer = answerTo(agreements, plan.version)
  if (answer && isInPart(answer)) return 'agreed-in-part'
  if (!answer?.yes) return 'awaiting-person'
  return plan.reviewOn !== undefined && plan.reviewOn < today ? 'review-due' : 'current'
}
