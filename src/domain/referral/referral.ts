import type { PlanRecord, Who } from '#domain/plan/plan.ts'

export type ReferralState = 'sent' | 'accepted' | 'refused' | 'closed' | 'withdrawn'
export type ReferralAnswer = Exclude<ReferralState, 'sent'>

/** A person referred to another service or professional: what for, why, and the outcome. */
export type Referral = PlanRecord &
  Readonly<{
    person: string
    /** the ServiceRequest beside its Task */
    requestId: string
    what: string
    why: string
    to?: Who
    from?: Who
    /** `YYYY-MM-DD` */
    sentOn?: string
    state: ReferralState
    /** why it was refused or withdrawn */
    reason?: string
    /** the outcome */
    outcome?: string
    answeredBy?: Who
    /** instant */
    answeredAt?: string
  }>

const moves: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  sent: ['accepted', 'refused', 'withdrawn'],
  accepted: ['closed', 'refused', 'withdrawn'],
  refused: [],
  closed: [],
  withdrawn: [],
}

/** May a referral go from one state to the other? */
export const referralMayBecome = (from: ReferralState, to: ReferralState) =>
  moves[from].includes(to)

/** These answers need a reason, or an outcome. */
export const answerNeedsWords = (answer: ReferralAnswer) => answer !== 'accepted'

/** An answer to a referral that has been answered in the meantime. */
export class AlreadyAnswered extends Error {
  readonly state: ReferralState

  constructor(state: ReferralState) {
    super(`The referral is ${state} now`)
    this.name = 'AlreadyAnswered'
    this.state = state
  }
}
