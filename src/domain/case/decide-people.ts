import { addDays, isWholeDay } from '#domain/calendar/days.ts'
import {
  as,
  code,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { FoundPerson } from './find-people.ts'

/**
 * What can be decided about people on a list. `take-on`: by the caller, or for a colleague of the same organisation;
 * `defer`: not now, and the day to look again; `decline`: not now, until somebody reopens it; `undo`: a decision of the
 * caller’s own of today.
 */
export const caseDecisions = ['take-on', 'defer', 'decline', 'reopen', 'undo'] as const
export type CaseDecisionKind = (typeof caseDecisions)[number]

export const mostDecidedAtOnce = 100
export const longestReason = 2_000
/** Our own: who is to be looked at later than in a year is declined, and can be reopened. */
export const longestDeferral = 366

/** The input of `$decide-people`. */
export const decidePeopleRequest = parameters({
  decision: code,
  /** of `defer` and `decline` */
  reason: optional(text),
  /** of `defer`: the day, `YYYY-MM-DD` */
  lookAgain: optional(text),
  /** of `take-on`: id of the Practitioner who coordinates; without it, the caller */
  coordinator: optional(text),
  people: as(
    'person',
    list(
      group({
        id: text,
        /** what the caller saw, `caseSeen` of an answer of `$find-people`: if it has changed since, nothing is decided */
        seen: optional(text),
        /** of `undo`: what was decided, as the answer to it said */
        case: optional(text),
        version: optional(text),
      }),
    ),
  ),
})
export type DecidePeople = In<typeof decidePeopleRequest>

/** Why nothing was decided about somebody. */
export type RefusedWhy =
  | 'has-case'
  | 'decided-before'
  | 'said-no'
  | 'not-found'
  | 'not-allowed'
  | 'in-use'
  | 'not-standing'
  | 'refused'

/** The result of `$decide-people`: what became of each person, in the order in which they were sent. */
export const decidePeopleAnswer = parameters({
  done: integer,
  people: as(
    'person',
    list(
      group({
        id: text,
        done: yes,
        /** the case that holds the decision, and its version: with them it can be undone */
        case: optional(text),
        version: optional(text),
        /** of `take-on`: somebody asked the caller or their organisation to take the person on, and waits */
        referral: optional(yes),
        why: optional(wordOf<RefusedWhy>()),
        /** who decided before, or who coordinates */
        by: optional(text),
        /** why, in words */
        words: optional(text),
      }),
    ),
  ),
})
export type DecidedPerson = In<typeof decidePeopleAnswer>['people'][number]

/** What somebody saw of a person’s case, as a word that changes when anybody decides. */
export const caseSeen = ({
  case: id,
  caseStatus,
}: Pick<FoundPerson, 'case' | 'caseStatus'>): string => (id ? `${id}/${caseStatus ?? ''}` : 'none')

export type DecisionFault = 'no-reason' | 'long-reason' | 'no-day' | 'day-passed' | 'day-too-late'

/** What is missing in a decision; undefined: nothing. */
export function decisionFault(
  {
    decision,
    reason = '',
    lookAgain = '',
  }: Pick<DecidePeople, 'decision' | 'reason' | 'lookAgain'>,
  today: string,
): DecisionFault | undefined {
  if (decision !== 'defer' && decision !== 'decline') return undefined
  if (decision === 'defer') {
    const fault = dayFault(lookAgain, today)
    if (fault) return fault
  }
  if (reason.trim() === '') return 'no-reason'
  return reason.trim().length > longestReason ? 'long-reason' : undefined
}

function dayFault(day: string, today: string): DecisionFault | undefined {
  if (!isWholeDay(day)) return 'no-day'
  if (day <= today) return 'day-passed'
  return day > addDays(today, longestDeferral) ? 'day-too-late' : undefined
}
