import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import type { AnswersComeTo, CarerOutcome, OutcomeState, YesOrNo } from './outcomes.ts'

/** What was found about one outcome: how it is, and what was said about it. */
export type OutcomeFinding = Readonly<{ state?: OutcomeState; words: string }>

/** What the assessment asks: nothing is worked out that is not answered here. */
export type CarerFindings = Readonly<{
  /** the care is necessary, and the needs come from it */
  necessary?: YesOrNo
  /** what the carer does, in words */
  does: string
  /** physical or mental health is getting worse because of it, or may */
  health?: YesOrNo
  outcomes: Readonly<Partial<Record<CarerOutcome, OutcomeFinding>>>
  /** a significant impact on wellbeing, now or likely */
  wellbeing?: YesOrNo
  /** willing and able to go on, and what the carer wants in life: in the carer’s words (Care Act 2014, section 10) */
  goesOn: string
  wants: string
}>

export const nothingFound: CarerFindings = { does: '', outcomes: {}, goesOn: '', wants: '' }

/** An assessment of a carer (Care Act 2014, section 10), in the carer’s own record. */
export type CarerAssessment = PlanRecord &
  CarerFindings &
  Readonly<{
    person: string
    by?: Who
    /** instant */
    at: string
    /** who gave each answer and when, as the service kept it */
    marks: AnswerMarks
    /** false: still being written, or what the carer wrote ahead of it */
    isDone: boolean
  }>

/** What a professional decided, and why. The machine never does. */
export type CarerDecision = Readonly<{
  id: string
  version?: string
  person: string
  assessment: string
  isEligible: boolean
  /** what the answers came to when it was decided; written by the service */
  workedOut?: AnswersComeTo
  reason: string
  by: Who
  at: string
}>

/** Whether it was decided otherwise than the answers came to, or before they came to anything. */
export const differsFromAnswers = ({
  isEligible,
  workedOut,
}: Pick<CarerDecision, 'isEligible' | 'workedOut'>): boolean =>
  workedOut !== undefined && workedOut !== (isEligible ? 'meets' : 'does-not-meet')
