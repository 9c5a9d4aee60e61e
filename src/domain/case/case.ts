import type { Who, WrittenBy } from '#domain/plan/plan.ts'
import type { StepDown } from './step-down.ts'

/**
 * Listed, active, paused, ended; `not-now` is a decision not to start, with its reason; `undone` was decided and taken
 * back.
 */
export type CaseState = 'listed' | 'open' | 'paused' | 'closed' | 'not-now' | 'undone'

/** The outcome of a case, chosen when it is closed. */
export const caseOutcomes = [
  'goals-reached',
  'partly-reached',
  'persons-wish',
  'moved-away',
  'died',
] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** One period of looking after one person, from being listed to being closed. */
export type Case = Readonly<{
  id: string
  version?: string
  person: string
  state: CaseState
  /** state before its last change, if it is known */
  stateBefore?: CaseState
  coordinator?: Who
  /** id of the Organization that looks after the person */
  organisation?: string
  /** id of the ServiceRequest that asked for it */
  referral?: string
  /** instants */
  since?: string
  until?: string
  /** why not now, or why paused, in the words of the user who decided */
  reason?: string
  /** of “not now”: the day on which the person is listed again, `YYYY-MM-DD`; absent: until somebody reopens it */
  lookAgain?: string
  /** who decided last, and when, by the service’s clock */
  decided?: WrittenBy
  /** a `CaseOutcome`, or a code of another system; with the text that was written */
  outcome?: Readonly<{ code: string; words: string }>
  /** what goes on after the end, with whom; and how the person comes back */
  continues?: string
  comeBack?: string
  /** id of the case of the same person that ended before this one began */
  after?: string
  /** on a lighter level of care; only while the case stands */
  stepDown?: StepDown
}>

const next: Readonly<Record<CaseState, readonly CaseState[]>> = {
  listed: ['open', 'not-now'],
  open: ['paused', 'closed'],
  paused: ['open', 'closed'],
  closed: [],
  'not-now': [],
  undone: [],
}

/** Whether a case may go from one state to another; an ended case stays ended, and a new one is started instead, which names it (`after`). */
export function mayCaseBecome(from: CaseState, to: CaseState): boolean {
  return next[from].includes(to)
}

const standing: readonly CaseState[] = ['open', 'paused']

/** The case under which somebody looks after the person now. */
export function standingCase(cases: readonly Case[]): Case | undefined {
  return cases.find((each) => standing.includes(each.state))
}

/** The case that waits for a decision. */
export function listedCase(cases: readonly Case[]): Case | undefined {
  return cases.find((each) => each.state === 'listed')
}
