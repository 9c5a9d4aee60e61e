import { workingDayAfter } from '#domain/calendar/holiday-calendars.ts'
import type { PlanRecord, Who } from '#domain/plan/plan.ts'

/**
 * `signposted`: not taken on here, and told who helps instead. `returned`: sent back, because something is missing. Each
 * but `sent`, `withdrawn` and a reopening is said by those who are asked, never by who sent it.
 */
export type ReferralState =
  | 'sent'
  | 'received'
  | 'accepted'
  | 'waiting'
  | 'seen'
  | 'closed'
  | 'signposted'
  | 'refused'
  | 'returned'
  | 'withdrawn'
export type ReferralAnswer = Exclude<ReferralState, 'sent'>
/** What somebody does with a referral: answers it, takes it back, or sends it again. */
export type ReferralStep = ReferralAnswer | 'reopened'

/** What the sender heard from a service that does not work with Gable: a note, and no answer. */
export type ReferralHeard = Readonly<{ by: Who; at: string; words: string }>

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
    /** the service of the directory that is asked, for example `HealthcareService/1` */
    service?: Who
    heard: readonly ReferralHeard[]
    /** `YYYY-MM-DD`: by when the next word is expected */
    answerBy?: string
    /** why it was refused or withdrawn, or who helps instead */
    reason?: string
    /** the outcome */
    outcome?: string
    answeredBy?: Who
    /** instant */
    answeredAt?: string
  }>

const ends = ['signposted', 'refused', 'returned', 'withdrawn'] as const
const moves: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  sent: ['received', 'accepted', ...ends],
  received: ['accepted', ...ends],
  accepted: ['waiting', 'seen', 'closed', 'refused', 'returned', 'withdrawn'],
  waiting: ['seen', 'closed', 'refused', 'returned', 'withdrawn'],
  seen: ['closed', 'returned', 'withdrawn'],
  signposted: ['sent'],
  refused: ['sent'],
  returned: ['sent'],
  closed: ['sent'],
  withdrawn: ['sent'],
}

/**
 * Working days after which the next word is overdue: our own figures, no standard sets them.
 * @unverified referral-days
 */
const daysIn: Readonly<Partial<Record<ReferralState, number>>> = {
  ...{ sent: 5, received: 10, accepted: 10, waiting: 60, seen: 40 },
}

/** The day by which the next word is expected (`YYYY-MM-DD`); undefined once it has ended. */
export function nextWordBy(state: ReferralState, day: string): string | undefined {
  const days = daysIn[state]
  return days === undefined ? undefined : workingDayAfter('england-and-wales', day, days)
}

/** Nobody has said what comes next, and the day is over. */
export const isReferralLate = (
  { state, answerBy }: Pick<Referral, 'state' | 'answerBy'>,
  today: string,
): boolean => isReferralOpen(state) && answerBy !== undefined && answerBy < today

export const isReferralOpen = (state: ReferralState): boolean => daysIn[state] !== undefined

/** May a referral go from one state to the other? */
export const referralMayBecome = (from: ReferralState, to: ReferralState) =>
  moves[from].includes(to)

/** These answers need a reason, or an outcome. */
export const answerNeedsWords = (answer: ReferralStep): boolean =>
  !['received', 'accepted', 'seen'].includes(answer)

/** An answer to a referral that has been answered in the meantime. */
export class AlreadyAnswered extends Error {
  readonly state: ReferralState

  constructor(state: ReferralState) {
    super(`The referral is ${state} now`)
    this.name = 'AlreadyAnswered'
    this.state = state
  }
}
