import { type Agreement, answerTo } from '#domain/agreement/agreement.ts'
import type { Plan } from './plan.ts'

export type PlanStatus = 'none' | 'draft' | 'awaiting-person' | 'current' | 'review-due'

export type PlanFacts = Readonly<{
  plan: Plan | undefined
  agreements: readonly Agreement[]
  /** the person has died: nothing more is asked */
  died?: string | true | undefined
  /** `YYYY-MM-DD` */
  today: string
}>

/**
 * Which of five states the banner shows; table in docs/states.md. Only the person's own last answer to this exact
 * version counts.
 */
export function planStatus({ plan, agreements, died, today }: PlanFacts): PlanStatus {
  if (!plan || plan.ended) return 'none'
  if (died) return 'current'
  if (plan.goals.length === 0) return 'draft'
  if (!answerTo(agreements, plan.version)?.yes) return 'awaiting-person'
  return plan.reviewOn !== undefined && plan.reviewOn < today ? 'review-due' : 'current'
}
