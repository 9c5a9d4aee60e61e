import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { YesOrNo } from '#domain/carer/outcomes.ts'
import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import type { AdultOutcome, AdultState } from './needs/adult-outcomes.ts'

export type AdultFinding = Readonly<{ state?: AdultState; words: string }>

/** What the assessment asks: nothing is worked out that is not answered here. */
export type AdultFindings = Readonly<{
  /** a good day and a bad day, in words: needs that come and go count over time (regulation 2(4)) */
  days: string
  /** who and what helps already: strengths, people, things (Care Act 2014, section 9(6)) */
  helps: string
  /** what the adult wants to do in day-to-day life (section 9(4)(b)) */
  wants: string
  /** the needs come from a physical or mental impairment or illness */
  cause?: YesOrNo
  outcomes: Readonly<Partial<Record<AdultOutcome, AdultFinding>>>
  /** a significant impact on wellbeing, now or likely */
  wellbeing?: YesOrNo
}>

export const nothingAsked: AdultFindings = { days: '', helps: '', wants: '', outcomes: {} }

/** An assessment of an adult’s needs for care and support (Care Act 2014, section 9). */
export type CareAssessment = PlanRecord &
  AdultFindings &
  Readonly<{
    person: string
    by?: Who
    /** instant */
    at: string
    /** who gave each answer and when, as the service kept it */
    marks: AnswerMarks
    /** false: still being written, or what the person wrote ahead of it */
    isDone: boolean
  }>
