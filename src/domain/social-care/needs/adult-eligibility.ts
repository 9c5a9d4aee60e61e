import type { ConditionMet } from '#domain/carer/eligibility.ts'
import type { AnswersComeTo } from '#domain/carer/outcomes.ts'
import type { AdultFindings } from '#domain/social-care/care-assessment.ts'
import { type AdultOutcome, adultOutcomes, isUnable } from './adult-outcomes.ts'

/** Regulation 2(1)(b): “unable to achieve two or more of the outcomes”. */
const outcomesNeeded = 2

/** What the answers come to. It decides nothing: a professional decides, and says why. */
export type AdultEligibility = Readonly<{
  outcome: AnswersComeTo
  /** the needs come from an impairment or illness */
  cause: ConditionMet
  /** two outcomes or more cannot be achieved */
  outcomes: ConditionMet
  /** as a consequence, a significant impact on wellbeing, now or likely */
  wellbeing: ConditionMet
  unable: readonly AdultOutcome[]
  /** what has to be answered before anything can be said */
  missing: readonly ('cause' | 'wellbeing' | AdultOutcome)[]
}>

/** The adult’s threshold: The Care and Support (Eligibility Criteria) Regulations 2015, regulation 2. All three hold. */
export function adultEligibility(findings: AdultFindings): AdultEligibility {
  const stateOf = (each: AdultOutcome) => findings.outcomes[each]?.state
  const unable = adultOutcomes.filter((each) => isUnable(stateOf(each)))
  const unsaid = adultOutcomes.filter((each) => stateOf(each) === undefined)
  const cause = met(findings.cause)
  const wellbeing = met(findings.wellbeing)
  const outcomes = enough(unable.length, unsaid.length)
  const all = [cause, outcomes, wellbeing]
  const outcome = all.includes('not-met')
    ? 'does-not-meet'
    : all.includes('not-answered')
      ? 'cannot-say'
      : 'meets'
  const missing = [
    ...(cause === 'not-answered' ? (['cause'] as const) : []),
    // what is not answered makes no difference once two are settled
    ...(outcomes === 'not-answered' ? unsaid : []),
    ...(wellbeing === 'not-answered' ? (['wellbeing'] as const) : []),
  ]
  return {
    ...{ outcome, cause, outcomes, wellbeing, unable },
    missing: outcome === 'cannot-say' ? missing : [],
  }
}

function enough(unable: number, unsaid: number): ConditionMet {
  if (unable >= outcomesNeeded) return 'met'
  return unable + unsaid >= outcomesNeeded ? 'not-answered' : 'not-met'
}

const met = (answer: 'yes' | 'no' | undefined): ConditionMet =>
  answer === undefined ? 'not-answered' : answer === 'yes' ? 'met' : 'not-met'
