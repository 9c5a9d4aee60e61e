import type { Who } from '#domain/plan/plan.ts'

/** Listed, being looked after, paused, ended; `not-now` is a decision not to begin, with its reason. */
export type CaseState = 'listed' | 'open' | 'paused' | 'closed' | 'not-now'

/** What became of a case, as it is chosen when it is closed. */
export const caseOutcomes = [
  'goals-reached',
  'partly-reached',
  'persons-wish',
  'moved-away',
  'died',
] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** One time of looking after one person, from being listed to being closed. */
export type Case = Readonly<{
  id: string
  version?: string
  person: string
  state: CaseState
  /** state before the last change of it, when it is known */
  stateBefore?: CaseState
  coordinator?: Who
  /** id of the Organization that looks after the person */
  organisation?: string
  /** instants */
  since?: string
  until?: string
  /** why not now, or why paused, in the words of the one who decided */
  reason?: string
  /** a `CaseOutcome`, or a code of another system; with the words that were written */
  outcome?: Readonly<{ code: string; words: string }>
}>

const next: Readonly<Record<CaseState, readonly CaseState[]>> = {
  listed: ['open', 'not-now'],
  open: ['paused', 'closed'],
  paused: ['open', 'closed'],
  closed: [],
  'not-now': [],
}

/** Whether a case may go from one state to another; an ended case stays ended, and a new one is begun instead. */
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
