import { addDays } from '#domain/calendar/days.ts'
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import {
  as,
  day,
  group,
  type In,
  idOf,
  list,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import type { Who } from '#domain/plan/plan.ts'
import { writtenSoFar } from './needs/where-to-begin.ts'

/** What a social worker has to do about an assessment or a support plan, in the order in which it is shown. */
export const socialCareSteps = [
  'missed-visit',
  'begun-at-home',
  'being-written',
  'to-decide',
  'plan-to-write',
  'plan-to-offer',
  'plan-not-agreed',
  'plan-to-agree',
  'plan-review',
  'care-changes',
  'review',
] as const
export type SocialCareStep = (typeof socialCareSteps)[number]

/** For the person’s own needs, or as a carer of somebody. */
export type AssessedAs = 'adult' | 'carer'

/** The result of `$social-care`: a line for each assessment that waits for somebody. */
export const socialCareWork = parameters({
  lines: as(
    'line',
    list(
      group({
        id: idOf('Patient'),
        ...{ family: text, given: text },
        step: wordOf<SocialCareStep>(),
        assessed: wordOf<AssessedAs>(),
        /** since when it waits; for a review, the day on which it is due */
        day,
        /** who wrote or decided it last */
        by: text,
      }),
    ),
  ),
})

export type SocialCareLine = In<typeof socialCareWork>['lines'][number]

/**
 * Days. “No later than every 12 months”: Care and support statutory guidance, chapter 13, on the review of care and
 * support plans.
 */
const reviewedWithin = 365
/** A review is shown so many days before it is due. */
const shownAhead = 28

type Written = Readonly<{ id: string; by?: Who; at: string; isDone: boolean }>
type Decided = Pick<CarerDecision, 'assessment' | 'isEligible' | 'at' | 'by'>
type Standing<A> = Readonly<{
  /** newest first, of one person and one form */
  assessments: readonly A[]
  decisions: readonly Decided[]
  today: string
  /** the day of an instant where the service is */
  dayOf: (instant: string) => string
  /** a support plan stands: it has its own days of review */
  hasPlan?: boolean
}>

type Step = Readonly<{ step: SocialCareStep; day: string; by: string }>

/** What comes next with these assessments; undefined if nothing has to be done now. */
export function nextStep<A extends Written>(standing: Standing<A>): Step | undefined {
  const { assessments, dayOf } = standing
  const { own, open } = writtenSoFar(assessments)
  if (open) return { step: 'being-written', day: dayOf(open.at), by: open.by?.name ?? '' }
  if (own) return { step: 'begun-at-home', day: dayOf(own.at), by: own.by?.name ?? '' }
  return afterFinished(standing)
}

function afterFinished<A extends Written>(standing: Standing<A>): Step | undefined {
  const { assessments, decisions, today, dayOf, hasPlan = false } = standing
  const last = assessments.find(({ isDone }) => isDone)
  if (!last) return undefined
  const decision = decisions.find(({ assessment }) => assessment === last.id)
  if (!decision) return { step: 'to-decide', day: dayOf(last.at), by: last.by?.name ?? '' }
  if (!decision.isEligible || hasPlan) return undefined
  const due = addDays(dayOf(decision.at), reviewedWithin)
  if (due > addDays(today, shownAhead))
    return { step: 'plan-to-write', day: dayOf(decision.at), by: decision.by.name }
  return { step: 'review', day: due, by: decision.by.name }
}
