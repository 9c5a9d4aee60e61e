import type { PlanRecord, Who } from '#domain/plan/plan.ts'

/** `signposted`: not taken on here, and told who helps instead */
export type ReferralState = 'sent' | 'accepted' | 'signposted' | 'refused' | 'closed' | 'withdrawn'
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
    /** it asks for a case manager, through the single point of access of a team */
    forCase?: boolean
    /** `YYYY-MM-DD`: the day by which the team answers */
    answerBy?: string
    /** why it was refused or withdrawn, or who helps instead */
    reason?: string
    /** the outcome */
    outcome?: string
    answeredBy?: Who
    /** instant */
    answeredAt?: string
  }>

const moves: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  sent: ['accepted', 'signposted', 'refused', 'withdrawn'],
  accepted: ['closed', 'refused', 'withdrawn'],
  signposted: [],
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
